/** The arguments and options of `saryarka records …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds `import`, `template`, `list` and `remove` to the command `records`. */
export function addRecordCommands(records: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.${key}`);
  records.helpCommand(false);
  const command = (usage: string, example: string): Command =>
    records
      .command(usage)
      .description(say(`records.command.${usage.split(' ')[0]}`))
      .addOption(new Option('--lang <lang>', say('option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', say('option.help'))
      .addHelpText('after', `\n${say('help.example')}\n  saryarka records ${example}`);

  command('import <dossier> <files...>', 'import korgalzhyn.gpkg staff.xlsx --as staff --set year=2023 --preview')
    .option('--as <kind>', say('records.option.as'))
    .option('--site <id>', say('option.site'))
    .option('--sheet <name>', say('records.option.sheet'))
    .option('--columns <columns>', say('records.option.columns'))
    .option('--set <value>', say('records.option.set'), (value: string, before: string[]) => [...before, value], [])
    .option('--preview', say('records.option.preview'))
    .option('--strict', say('records.option.strict'))
    .option('--today <date>', say('records.option.today'))
    .action(async (dossier, files, options) =>
      exit(await (await import('./records.ts')).importRecordFiles(dossier, files, options)),
    );

  command('template [dossier]', 'template --as staff --lang ru -o staff.xlsx')
    .requiredOption('--as <kind>', say('records.option.as'))
    .requiredOption('-o, --output <file>', say('records.option.output'))
    .option('--site <id>', say('option.site'))
    .action(async (dossier, options) => exit(await (await import('./records.ts')).recordTemplate(dossier, options)));

  command('list', 'list').action(async (options) => exit((await import('./records.ts')).listRecordKinds(options)));

  command('remove <dossier>', 'remove korgalzhyn.gpkg --as staff --site korgalzhyn')
    .requiredOption('--as <kind>', say('records.option.as'))
    .option('--site <id>', say('option.site'))
    .option('--from <dataset>', say('records.option.from'))
    .action(async (dossier, options) => exit((await import('./records.ts')).removeImport(dossier, options)));
}
