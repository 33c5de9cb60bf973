/** The arguments and options of `saryarka life trend` and `life index`. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds both to the command `life`. */
export function addLifeTrendCommands(life: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.life.${key}`);
  const command = (usage: string, example: string): Command =>
    life
      .command(usage)
      .description(say(`${usage.split(' ')[0]}.about`))
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka life ${example}`);

  const keeping = (of: Command): Command =>
    of
      .option('--dossier <file>', say('trend.option.dossier'))
      .option('--site <id>', say('trend.option.site'))
      .option('--keep', say('trend.option.keep'));

  keeping(command('trend <counts>', 'trend counts.csv --overdispersion --serial-correlation --zones zone'))
    .option('--model <n>', say('trend.option.model'))
    .option('--changepoints <years>', say('trend.option.changepoints'))
    .option('--stepwise', say('trend.option.stepwise'))
    .option('--covariates <columns>', say('trend.option.covariates'))
    .option('--overdispersion', say('trend.option.overdispersion'))
    .option('--serial-correlation', say('trend.option.serial-correlation'))
    .option('--base <years>', say('trend.option.base'))
    .option('--species <name>', say('trend.option.species'))
    .option('--zones <column>', say('trend.option.zones'))
    .option('--groups <column>', say('index.option.groups'))
    .option('--since <year>', say('trend.option.since'))
    .option('--control <zone>', say('trend.option.control'))
    .option('--json', say('trend.option.json'))
    .option('-o, --output <file>', say('trend.option.output'))
    .option('--chart <file>', say('trend.option.chart'))
    .action(async (counts, options) => exit(await (await import('./life-trend.ts')).lifeTrend(counts, options)));

  keeping(command('index [files...]', 'index counts.csv --kind msi --zones zone --base 2010'))
    .requiredOption('--kind <kind>', say('index.option.kind'))
    .option('--base <year>', say('index.option.base'))
    .option('--to <year>', say('index.option.to'))
    .option('--zones <column>', say('trend.option.zones'))
    .option('--groups <column>', say('index.option.groups'))
    .option('--draws <n>', say('index.option.draws'))
    .option('--seed <n>', say('index.option.seed'), '1')
    .option('--mode <mode>', say('index.option.mode'))
    .option('--method <method>', say('index.option.method'))
    .option('--species <names>', say('index.option.species'))
    .option('--periods <years>', say('index.option.periods'))
    .option('--json', say('trend.option.json'))
    .option('-o, --output <file>', say('trend.option.output'))
    .action(async (files, options) => exit(await (await import('./life-index.ts')).lifeIndex(files, options)));
}
