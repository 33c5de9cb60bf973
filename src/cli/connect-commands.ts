/** The arguments and options of `saryarka connect …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds `list` and `fetch` to the command `connect`. */
export function addConnectCommands(connect: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.connect.${key}`);
  connect.helpCommand(false);
  const command = (usage: string, example: string): Command =>
    connect
      .command(usage)
      .description(say(`${usage.split(' ')[0]}.about`))
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka connect ${example}`);

  command('list', 'list')
    .option('--json', say('option.json'))
    .action(async (options) => exit((await import('./connect.ts')).listConnectors(options)));

  command('fetch <source>', 'fetch un-sdg --with series=ER_H2O_STRESS area=398 --dossier kazakhstan.gpkg --site kazakhstan')
    .option('--with <settings...>', say('option.with'))
    .option('--dossier <file>', say('option.dossier'))
    .option('--site <id>', say('option.site'))
    .option('-o, --output <file>', say('option.output'))
    .option('--retrieved <date>', say('option.retrieved'))
    .option('--address', say('option.address'))
    .option('--json', say('option.json'))
    .action(async (source, options) => exit(await (await import('./connect.ts')).fetchConnector(source, options)));
}
