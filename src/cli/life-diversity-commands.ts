/** The arguments and options of `saryarka life diversity` and `life indicators`; what they do is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

export function addLifeDiversityCommands(life: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.life.diversity.${key}`);
  life
    .command('diversity <counts>')
    .description(say('about'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .option('--sample <kind>', say('sample'), 'abundance')
    .option('--by <what>', say('by'))
    .option('--rows <what>', say('rows'))
    .option('--blanks <zero>', say('blanks'))
    .option('--orders <q,…>', say('orders'), '0,1,2')
    .option('--coverage <share>', say('coverage'), 'common')
    .option('--size', say('size'))
    .option('--bootstraps <n>', say('bootstraps'), '200')
    .option('--seed <n>', say('seed'), '1')
    .option('--dissimilarity <measure>', say('dissimilarity'))
    .option('--curve <file>', say('curve'))
    .option('--json', t(lang, 'cli.life.option.json'))
    .option('-o, --output <file>', say('output'))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText(
      'after',
      `\n${t(lang, 'cli.help.example')}\n  saryarka life diversity birds.csv --by zone --curve birds.svg -o birds-diversity.csv`,
    )
    .action(async (file, options) => exit(await (await import('./life-diversity.ts')).lifeDiversity(file, options)));
  life
    .command('indicators <dossier>')
    .description(say('indicators.about'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .requiredOption('--site <id>', t(lang, 'cli.option.site'))
    .option('--indicator <ids...>', say('indicators.indicator'))
    .option('--param <name=value...>', say('indicators.param'))
    .option('--json', t(lang, 'cli.life.option.json'))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText(
      'after',
      `\n${t(lang, 'cli.help.example')}\n  saryarka life indicators korgalzhyn.gpkg --site korgalzhyn --param effort=list from=2016 to=2025`,
    )
    .action(async (dossier, options) => exit((await import('./life-diversity-indicators.ts')).lifeIndicators(dossier, options)));
}
