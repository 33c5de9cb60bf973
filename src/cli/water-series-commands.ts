/** The arguments and options of `saryarka water series|import|check|aral`. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds the commands for hydrological series to `water`. */
export function addWaterSeriesCommands(water: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.water.${key}`);
  const command = (usage: string, example: string): Command =>
    water
      .command(usage)
      .description(say(`${usage.split(' ')[0]}.about`))
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka water ${example}`);
  const reading = (of: Command): Command =>
    of
      .option('--station <name>', say('series.station'))
      .option('--variable <variable>', say('series.variable'))
      .option('--unit <unit>', say('series.unit'))
      .option('--datum <datum>', say('series.datum'))
      .option('--zero <metres>', say('series.zero'))
      .option('--interval <interval>', say('series.interval'))
      .option('--year-named <year>', say('series.year-named'))
      .option('--dry <meaning>', say('series.dry'))
      .option('--decimal <mark>', say('series.decimal'))
      .option('--dates <order>', say('series.dates'))
      .option('--sheet <name>', say('series.sheet'))
      .option('--column <title>', say('series.column'));

  reading(command('series <file>', 'series kazalinsk.xls --unit m3/s'))
    .option('--json', say('series.json'))
    .option('-o, --output <file>', say('series.output'))
    .action(async (file, options) => exit(await (await import('./water-series.ts')).waterSeries(file, options)));

  reading(command('import <dossier> <files...>', 'import aral.gpkg kazalinsk.txt --site aral-sea-north'))
    .requiredOption('--site <id>', t(lang, 'cli.option.site'))
    .option('--licence <licence>', say('import.licence'))
    .option('--attribution <words>', say('import.attribution'))
    .option('--preview', say('import.preview'))
    .action(async (dossier, files, options) =>
      exit(await (await import('./water-import.ts')).waterImport(dossier, files, options)),
    );

  command('check <dossier>', 'check aral.gpkg --site aral-sea-north')
    .option('--site <id>', t(lang, 'cli.option.site'))
    .option('--json', say('series.json'))
    .action(async (dossier, options) => exit((await import('./water-check.ts')).waterCheck(dossier, options)));

  command('aral <dossier>', 'aral aral.gpkg').action(async (dossier, options) =>
    exit((await import('./water-aral.ts')).waterAral(dossier, options)),
  );
}
