/** The arguments and options of `saryarka water allocate`. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds `allocate` to the command `water`. */
export function addWaterAllocateCommand(water: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.water.allocate.${key}`);
  water
    .command('allocate <model>')
    .description(say('about'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText(
      'after',
      `\n${t(lang, 'cli.help.example')}\n  saryarka water allocate thames.json --scenarios 0,2-4 -o flows.csv`,
    )
    .option('--scenarios <numbers>', say('option.scenarios'), 'all')
    .option('--foresight', say('option.foresight'))
    .addOption(new Option('--end <volumes>', say('option.end')).choices(['kept', 'free']).default('kept'))
    .option('--jobs <n>', say('option.jobs'))
    .option('--json', say('option.json'))
    .option('-o, --output <file>', say('option.output'))
    .action(async (model, options) => exit(await (await import('./water-allocate.ts')).waterAllocate(model, options)));
}
