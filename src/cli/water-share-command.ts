/** The arguments and options of `saryarka water share`. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds `share` to the command `water`. */
export function addWaterShareCommand(water: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.water.share.${key}`);
  water
    .command('share')
    .description(say('about'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText(
      'after',
      `\n${t(lang, 'cli.help.example')}\n  saryarka water share --options prices.json --scenarios 1961-1965 -o share.csv`,
    )
    .option('--options <file>', say('option.options'))
    .option('--scenarios <years>', say('option.scenarios'), 'all')
    .option('--seed <n>', say('option.seed'), '1')
    .option('--json', say('option.json'))
    .option('-o, --output <file>', say('option.output'))
    .action(async (options) => exit(await (await import('./water-share.ts')).waterShare(options)));
}
