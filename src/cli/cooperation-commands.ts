/** The arguments and options of `saryarka cooperation …` and `saryarka organisations …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { TIE_KINDS } from '../cooperation/graph-in.ts';
import { DIMENSIONS, OVER_TIME } from '../cooperation/roll-up.ts';
import { languages, t } from '../i18n/index.ts';
import { tableIndicatorNames } from '../indicators/table-indicator-names.ts';
import type { Lang } from '../types.ts';

/** What the rows of a table can be. */
const ROWS = [...DIMENSIONS, ...OVER_TIME];

type Exit = (status: number) => void;

/** Adds `table`, `network`, `sdg`, `import` and `compute` to the command `cooperation`. */
export function addCooperationCommands(cooperation: Command, lang: Lang, exit: Exit): void {
  const say = (key: string, values: Record<string, string> = {}): string => t(lang, `cli.cooperation.${key}`, values);
  const command = subcommands(cooperation, 'cooperation', lang);
  const filtered = (one: Command): Command =>
    one
      .option('--site <id>', t(lang, 'cli.option.site'))
      .option('--from <year>', say('option.from'))
      .option('--to <year>', say('option.to'))
      .option('--json', say('option.json'));

  filtered(command('table <dossier>', 'table kazakhstan.gpkg --by theme -o themes.csv'))
    .addOption(new Option('--by <what>', say('option.by', { list: ROWS.join(', ') })).choices(ROWS).default('theme'))
    .option('--rates <file>', say('option.rates'))
    .option('--currency <code>', say('option.currency'), 'USD')
    .option('--public', say('option.public'))
    .option('--roll-up', say('option.roll-up'))
    .option('--region <countries>', say('option.region'))
    .option('-o, --output <file>', say('option.output'))
    .action(async (dossier, options) => exit(await (await import('./cooperation.ts')).cooperationTable(dossier, options)));

  filtered(command('network <dossier>', 'network kazakhstan.gpkg --roll-up -o network.svg'))
    .option('--roll-up', say('option.roll-up'))
    .option('--two-mode', say('option.two-mode'))
    .addOption(new Option('--weight <how>', say('option.weight')).choices(['count', 'newman']).default('count'))
    .addOption(new Option('--meaning <what>', say('option.meaning')).choices(['strength', 'cost', 'none']).default('strength'))
    .option('--seed <n>', say('option.seed'), '1')
    .option('--region <countries>', say('option.region'))
    .option('-o, --output <file>', say('option.network-output'))
    .action(async (dossier, options) => exit(await (await import('./cooperation.ts')).cooperationNetwork(dossier, options)));

  filtered(command('sdg <dossier>', 'sdg kazakhstan.gpkg'))
    .option('-o, --output <file>', say('option.output'))
    .action(async (dossier, options) => exit(await (await import('./cooperation.ts')).cooperationSdg(dossier, options)));

  command('import <dossier> <files...>', 'import kazakhstan.gpkg headcounts.xlsx money.csv --preview')
    .option('--preview', say('option.preview'))
    .option('--strict', say('option.strict'))
    .addOption(new Option('--ties <kind>', say('option.ties', { list: TIE_KINDS.join(', ') })).choices(TIE_KINDS))
    .action(async (dossier, files, options) =>
      exit(await (await import('./cooperation-import.ts')).cooperationImport(dossier, files, options)),
    );

  const list = tableIndicatorNames.join(', ');
  command('compute <dossier> [table]', 'compute kazakhstan.gpkg basins.csv --indicator transboundary-arrangement')
    .addOption(new Option('--indicator <id>', say('option.indicator', { list })).makeOptionMandatory())
    .option('--feature <id>', say('option.feature'))
    .option('--map <file>', say('option.map'))
    .option('--param <pair...>', say('option.param'))
    .option('--rates <file>', say('option.rates'))
    .action(async (dossier, table, options) =>
      exit(await (await import('./cooperation-compute.ts')).cooperationCompute(dossier, table, options)),
    );
}

/** Adds `list`, `merge` and `undo` to the command `organisations`. */
export function addOrganisationCommands(organisations: Command, lang: Lang, exit: Exit): void {
  const command = subcommands(organisations, 'organisations', lang);
  command('list <dossier>', 'list kazakhstan.gpkg').action(async (dossier, options) =>
    exit((await import('./organisations.ts')).showOrganisations(dossier, options)),
  );
  command('merge <dossier> <from> <into>', 'merge kazakhstan.gpkg unesco-office unesco-almaty').action(
    async (dossier, from, into, options) => exit((await import('./organisations.ts')).merge(dossier, from, into, options)),
  );
  command('undo <dossier> [changes]', 'undo kazakhstan.gpkg merge/unesco-office+unesco-almaty').action(
    async (dossier, changes, options) => exit((await import('./organisations.ts')).undoChanges(dossier, changes, options)),
  );
}

function subcommands(parent: Command, name: string, lang: Lang): (usage: string, example: string) => Command {
  parent.helpCommand(false);
  return (usage, example) =>
    parent
      .command(usage)
      .description(t(lang, `cli.${name}.command.${usage.split(' ')[0]}`))
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka ${name} ${example}`);
}
