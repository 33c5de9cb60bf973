/**
 * The command line: which commands there are; what each does is in its own file, loaded when it is called.
 */
import { Command, CommanderError, Option } from 'commander';
import { softwareVersion } from '../formats/source-node.ts';
import { isLang, languages, t } from '../i18n/index.ts';
import { Problem, Problems, problemText } from '../problems.ts';
import type { Lang } from '../types.ts';
import { addConnectCommands } from './connect-commands.ts';
import { addCooperationCommands, addOrganisationCommands } from './cooperation-commands.ts';
import { addCodeCommands, addCodingCommands, addDocumentCommands } from './evidence-commands.ts';
import { addLifeCommands } from './life-commands.ts';
import { addRecordCommands } from './records-commands.ts';
import { addUserCommands } from './users-commands.ts';
import { addWaterCommands } from './water-commands.ts';

/** Nothing worse than a question · an error finding · cannot be read. */
const EXIT = { fine: 0, error: 1, unreadable: 2 } as const;

/** Runs one command and returns the exit status; never throws. */
export async function main(argv: string[]): Promise<number> {
  const lang = languageOf(argv);
  let exit: number = EXIT.fine;
  const program = commands(lang, (status) => {
    exit = status;
  });
  if (argv.length === 0) {
    program.outputHelp();
    return EXIT.fine;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine; // --help, --version
    const command = program.commands.find((known) => known.name() === argv[0])?.name() ?? '';
    for (const line of explain(error, command, lang)) console.error(line);
    return EXIT.unreadable;
  }
}

function commands(lang: Lang, exit: (status: number) => void): Command {
  const say = (key: string): string => t(lang, `cli.${key}`);
  const program = new Command('saryarka')
    .description(say('about'))
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => t(lang, `cli.help.${title.replace(':', '').toLowerCase()}`) })
    .helpOption('-h, --help', say('option.help'))
    .helpCommand(false)
    .version(softwareVersion(), '-V, --version', say('option.version'));

  const command = (name: string, usage: string, example: string): Command =>
    program
      .command(`${name} ${usage}`)
      .description(say(`command.${name}`))
      .addOption(new Option('--lang <lang>', say('option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', say('option.help'))
      .addHelpText('after', `\n${say('help.example')}\n  ${example}`);

  command('start', '', 'saryarka start --port 8080')
    .option('--folder <folder>', say('option.folder'), '.')
    .option('--port <port>', say('option.port'))
    .option('--no-serve', say('option.no-serve'))
    .option('--open', say('option.open'))
    .option('--today <date>', say('option.today'))
    .action(async (options) => exit(await (await import('./start.ts')).start(options)));

  command('new', '<dossier>', 'saryarka new korgalzhyn.gpkg').action(async (dossier, options) =>
    exit((await import('./new.ts')).newDossier(dossier, options)),
  );

  command('import', '<dossier> <files...>', 'saryarka import korgalzhyn.gpkg zones.zip --site korgalzhyn')
    .option('--site <id>', say('option.site'))
    .option('--valid-from <date>', say('option.valid-from'))
    .option('--map <words>', say('option.map'))
    .option('--crs <crs>', say('option.crs'))
    .option('--today <date>', say('option.today'))
    .action(async (dossier, files, options) => exit(await (await import('./import.ts')).importFiles(dossier, files, options)));

  addRecordCommands(command('records', '', 'saryarka records list'), lang, exit);

  addDocumentCommands(command('documents', '', 'saryarka documents list kazakhstan.gpkg'), lang, exit);
  addCodeCommands(command('codes', '', 'saryarka codes list'), lang, exit);
  addCodingCommands(command('coding', '', 'saryarka coding report kazakhstan.gpkg'), lang, exit);

  addCooperationCommands(command('cooperation', '', 'saryarka cooperation table kazakhstan.gpkg --by theme'), lang, exit);

  addOrganisationCommands(command('organisations', '', 'saryarka organisations list kazakhstan.gpkg'), lang, exit);

  command('undo', '<dossier>', 'saryarka undo korgalzhyn.gpkg --site korgalzhyn')
    .requiredOption('--site <id>', say('option.site'))
    .action(async (dossier, options) => exit((await import('./undo.ts')).undo(dossier, options)));

  command('check', '<file>', 'saryarka check zones.zip')
    .option('--site <id>', say('option.site'))
    .option('--profile <name>', say('option.profile'))
    .option('--map <words>', say('option.map'))
    .option('--crs <crs>', say('option.crs'))
    .option('--border <file>', say('option.border'))
    .option('--water <file>', say('option.water'))
    .option('-o, --output <file>', say('option.certificate'))
    .option('--json', say('option.json'))
    .option('--today <date>', say('option.today'))
    .action(async (file, options) => exit(await (await import('./check.ts')).check(file, options)));

  command(
    'compute',
    '<dossier>',
    'saryarka compute korgalzhyn.gpkg --site korgalzhyn --indicator land-cover --input lc_2000.tif lc_2020.tif',
  )
    .requiredOption('--site <id>', say('option.site'))
    .requiredOption('--indicator <name>', say('option.indicator'))
    .requiredOption('--input <files...>', say('option.input'))
    .option('--param <settings...>', say('option.param'))
    .option('--region <file>', say('option.region'))
    .option('--dates <file>', say('stats.option.dates'))
    .option('--crs <crs>', say('stats.option.crs'))
    .option('--jobs <n>', say('stats.option.jobs'))
    .action(async (dossier, options) => exit(await (await import('./compute.ts')).compute(dossier, options)));

  command('claims', '<dossier>', 'saryarka claims kazakhstan.gpkg --contradictions contradictions.csv')
    .option('--site <id>', say('claims.option.site'))
    .option('--json', say('claims.option.json'))
    .option('--final', say('claims.option.final'))
    .option('--contradictions <file>', say('claims.option.contradictions'))
    .option('--keep', say('claims.option.keep'))
    .option('--today <date>', say('claims.option.today'))
    .action(async (dossier, options) => exit(await (await import('./claims.ts')).claims(dossier, options)));

  command('review', '<dossier>', 'saryarka review kazakhstan.gpkg --site barsakelmes --lang kk -o barsakelmes.docx')
    .requiredOption('--site <id>', say('option.site'))
    .requiredOption('-o, --output <file>', say('option.review-output'))
    .option('--questions', say('option.questions'))
    .option('--final', say('option.final'))
    .option('--date <date>', say('option.date'))
    .option('--previous <date>', say('option.previous'))
    .addOption(new Option('--confidential <how>', say('option.confidential')).choices(['mark', 'leave-out']))
    .option('--shore <file>', say('option.shore'))
    .option('--shore-date <date>', say('option.shore-date'))
    .action(async (dossier, options) => exit(await (await import('./review.ts')).review(dossier, options)));

  command('stats', '<zones> <rasters...>', 'saryarka stats zones.zip ndvi.tif --stat mean,p10,p90 -o ndvi.csv')
    .option('--stat <names>', say('stats.option.stat'))
    .addOption(new Option('--by <what>', say('stats.option.by')).choices(['band', 'date']).default('band'))
    .option('--weight <area or raster>', say('stats.option.weight'))
    .option('--class', say('stats.option.class'))
    .option('--exact', say('stats.option.exact'))
    .option('--dates <table>', say('stats.option.dates'))
    .option('--crs <crs>', say('stats.option.crs'))
    .option('--zones-crs <crs>', say('stats.option.zones-crs'))
    .option('--site <id>', say('stats.option.site'))
    .option('--jobs <n>', say('stats.option.jobs'))
    .option('-o, --output <file>', say('stats.option.output'))
    .action(async (zones, rasters, options) => exit(await (await import('./stats.ts')).stats(zones, rasters, options)));

  command('export', '<dossier>', 'saryarka export kazakhstan.gpkg --what observations --format csv -o observations.csv')
    .option('--what <table>', say('option.what'), 'dossier')
    .requiredOption('--format <format>', say('option.format'))
    .requiredOption('-o, --output <file>', say('option.output'))
    .option('--site <id>', say('option.site'))
    .option('--shore <file>', say('option.shore'))
    .option('--shore-date <date>', say('option.shore-date'))
    .option('--publisher <organisation>', say('option.publisher'))
    .option('--host <name>', say('option.export-host'))
    .option('--today <date>', say('option.today'))
    .action(async (dossier, options) => exit(await (await import('./export.ts')).exportTable(dossier, options)));

  command('serve', '<dossier>', 'saryarka serve kazakhstan.gpkg --open')
    .option('--port <port>', say('option.port'))
    .option('--open', say('option.open'))
    .option('--today <date>', say('option.today'))
    .option('--listen <address>', say('option.listen'))
    .option('--host <names...>', say('option.host'))
    .option('--proxy <addresses...>', say('option.proxy'))
    .option('--oidc-issuer <address>', say('option.oidc-issuer'))
    .option('--oidc-client <id>', say('option.oidc-client'))
    .option('--data <folder>', say('option.data'))
    .action(async (dossier, options) => exit(await (await import('./serve.ts')).serve(dossier, options)));

  addWaterCommands(command('water', '', 'saryarka water lake --full 42,44'), lang, exit);

  addLifeCommands(command('life', '', 'saryarka life diversity counts.csv'), lang, exit);

  addConnectCommands(command('connect', '', 'saryarka connect list'), lang, exit);

  addUserCommands(command('users', '', 'saryarka users list kazakhstan.gpkg'), lang, exit);

  command('backup', '<dossier>', 'saryarka backup kazakhstan.gpkg -o kazakhstan-2026-11-23.gpkg')
    .requiredOption('-o, --output <file>', say('option.output'))
    .action(async (dossier, options) => exit((await import('./backup.ts')).backupDossier(dossier, options)));

  command('restore', '<backup>', 'saryarka restore kazakhstan-2026-11-23.gpkg -o kazakhstan.gpkg --force')
    .requiredOption('-o, --output <dossier>', say('option.restore-output'))
    .option('--force', say('option.force'))
    .action(async (file, options) => exit((await import('./restore.ts')).restoreDossier(file, options)));

  return program;
}

/** The language asked for with `--lang`, else that of the environment where we speak it, else English. */
function languageOf(argv: string[]): Lang {
  const place = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = (argv[place]?.split('=')[1] ?? argv[place + 1]) || '';
  const { SARYARKA_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  const own = (SARYARKA_LANG || LC_ALL || LC_MESSAGES || LANG || 'en').slice(0, 2);
  if (place !== -1 && isLang(asked)) return asked;
  return isLang(own) ? own : 'en';
}

function explain(error: unknown, command: string, lang: Lang): string[] {
  if (error instanceof Problems) return error.list.map((problem) => problemText(problem, lang));
  if (error instanceof Problem) return [problemText(error, lang)];
  if (error instanceof CommanderError) {
    const found = error.message.replace(/^error: /, '').split('\n')[0] ?? '';
    return [t(lang, 'problems.command-usage', { found, command: `saryarka ${command}`.trim() })];
  }
  if (process.env.SARYARKA_DEBUG) console.error(error);
  return [t(lang, 'problems.unexpected', { found: error instanceof Error ? error.message : String(error) })];
}
