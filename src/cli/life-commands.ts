/** The arguments and options of `saryarka life …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { addLifeConnectCommands } from './life-connect-commands.ts';
import { addLifeDiversityCommands } from './life-diversity-commands.ts';
import { addLifeTrendCommands } from './life-trend-commands.ts';

/** Adds what is said of living things to the command `life`. */
export function addLifeCommands(life: Command, lang: Lang, exit: (status: number) => void): void {
  life.helpCommand(false);
  addLifeRecordCommands(life, lang, exit);
  addLifeConnectCommands(life, lang, exit);
  addLifeDiversityCommands(life, lang, exit);
  addLifeTrendCommands(life, lang, exit);
}

/** Records of species: read without a dossier, written into one, taken back. */
function addLifeRecordCommands(life: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.life.${key}`);
  const command = (usage: string, example: string): Command =>
    life
      .command(usage)
      .description(say(`${usage.split(' ')[0]}.about`))
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka life ${example}`);
  const reading = (of: Command): Command =>
    of
      .option('--checklist <file>', say('option.checklist'))
      .option('--country <code>', say('option.country'))
      .option('--today <date>', t(lang, 'cli.option.today'));

  reading(command('read <file>', 'read 0021794-260906.zip --checklist backbone.zip'))
    .option('--zones <file>', say('option.zones'))
    .option('-o, --output <file>', say('option.doubts'))
    .option('--json', say('option.json'))
    .action(async (file, options) => exit(await (await import('./life-read.ts')).lifeRead(file, options)));

  reading(command('import <dossier> <file>', 'import korgalzhyn.gpkg birds.zip --site korgalzhyn --checklist backbone.zip'))
    .requiredOption('--site <id>', t(lang, 'cli.option.site'))
    .option('--categories <file>', say('option.categories'))
    .option('--accept <score>', say('option.accept'))
    .option('--licence <licence>', say('option.licence'))
    .option('--attribution <words>', say('option.attribution'))
    .option('--outside', say('option.outside'))
    .option('--preview', say('option.preview'))
    .action(async (dossier, file, options) => exit(await (await import('./life-import.ts')).lifeImport(dossier, file, options)));

  command('sensitive <dossier> [table]', 'sensitive korgalzhyn.gpkg sensitive.csv').action(async (dossier, table, options) =>
    exit(await (await import('./life-sensitive.ts')).lifeSensitive(dossier, table, options)),
  );

  command('undo <dossier> [dataset]', 'undo korgalzhyn.gpkg life/4f1b0c6d2a7e9b35').action(async (dossier, dataset, options) =>
    exit(await (await import('./life-import.ts')).lifeUndo(dossier, dataset, options)),
  );
}
