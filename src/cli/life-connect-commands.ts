/** The arguments and options of `saryarka life connect …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds `connect` to the command `life`. */
export function addLifeConnectCommands(life: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.life.connect.${key}`);
  const shared = (of: Command, example: string): Command =>
    of
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka life connect ${example}`);
  const connect = shared(life.command('connect').description(say('about')), 'patches cores.gpkg --distance 10000').helpCommand(
    false,
  );
  const command = (usage: string, example: string): Command =>
    shared(connect.command(usage).description(say(`${usage.split(' ')[0]}.about`)), example);
  const written = (of: Command): Command =>
    of.option('--json', say('option.json')).option('-o, --output <file>', say('option.output'));
  const raster = (of: Command): Command =>
    of
      .addOption(new Option('--neighbours <n>', say('option.neighbours')).choices(['4', '8', '16']).default('8'))
      .option('--crs <crs>', say('option.crs'))
      .option('--memory <megabytes>', say('option.memory'));

  written(command('patches <file>', 'patches cores.gpkg --distance 10000 --landscape-area 500000 -o patches.csv'))
    .addOption(new Option('--metric <index>', say('option.metric')).choices(['PC', 'IIC']).default('PC'))
    .requiredOption('--distance <m>', say('option.distance'))
    .option('--probability <p>', say('option.probability'), '0.5')
    .option('--limit <m>', say('option.limit'))
    .option('--least-way <p>', say('option.least-way'), '0')
    .option('--landscape-area <ha>', say('option.landscape-area'))
    .option('--id <field>', say('option.id'))
    .option('--area <field>', say('option.area'))
    .option('--links <file>', say('option.links'))
    .option('--resistance <raster>', say('option.resistance'))
    .option('--before <file>', say('option.before'))
    .option('--region <file>', say('option.region'))
    .option('--links-output <file>', say('option.links-output'))
    .option('--map <file>', say('option.map'))
    .option('--crs <crs>', say('option.crs'))
    .option('--memory <megabytes>', say('option.memory'))
    .action(async (file, options) => exit(await (await import('./life-connect-patches.ts')).connectPatches(file, options)));

  written(raster(command('circuit <file>', 'circuit resistance.tif --points cores.csv --map current.asc --picture current.svg')))
    .option('--points <file>', say('option.points'))
    .addOption(
      new Option('--mode <mode>', say('option.mode'))
        .choices(['pairwise', 'one-to-all', 'all-to-one', 'advanced', 'network'])
        .default('pairwise'),
    )
    .option('--conductance', say('option.conductance'))
    .addOption(
      new Option('--average <what>', say('option.average')).choices(['conductance', 'resistance']).default('conductance'),
    )
    .option('--polygons <raster>', say('option.polygons'))
    .option('--mask <raster>', say('option.mask'))
    .option('--include <file>', say('option.include'))
    .option('--exclude <file>', say('option.exclude'))
    .option('--strengths <file>', say('option.strengths'))
    .option('--sources <file>', say('option.sources'))
    .option('--grounds <file>', say('option.grounds'))
    .addOption(
      new Option('--conflict <rule>', say('option.conflict'))
        .choices(['keep-both', 'remove-source', 'remove-ground', 'remove-both'])
        .default('keep-both'),
    )
    .option('--map <file>', say('option.current-map'))
    .option('--maximum <file>', say('option.maximum'))
    .option('--picture <file>', say('option.picture'))
    .action(async (file, options) => exit(await (await import('./life-connect-circuit.ts')).connectCircuit(file, options)));

  written(
    raster(command('paths <raster>', 'paths resistance.tif --points cores.csv --paths paths.geojson --corridor corridor.asc')),
  )
    .requiredOption('--points <file>', say('option.points'))
    .addOption(
      new Option('--mean <what>', say('option.mean')).choices(['resistance', 'ends', 'conductance']).default('resistance'),
    )
    .option('--paths <file>', say('option.paths'))
    .option('--corridor <file>', say('option.corridor'))
    .option('--picture <file>', say('option.picture'))
    .action(async (file, options) => exit(await (await import('./life-connect-paths.ts')).connectPaths(file, options)));

  raster(
    command('windows <raster>', 'windows resistance.tif --radius 50 --block 5 --map current.asc --normalised normalised.asc'),
  )
    .requiredOption('--radius <cells>', say('option.radius'))
    .option('--block <cells>', say('option.block'), '1')
    .option('--buffer <cells>', say('option.buffer'), '0')
    .option('--conductance', say('option.conductance'))
    .option('--sources <raster>', say('option.window-sources'))
    .option('--threshold <strength>', say('option.threshold'), '0')
    .option('--cutoff <resistance>', say('option.cutoff'))
    .option('--map <file>', say('option.current-map'))
    .option('--normalised <file>', say('option.normalised'))
    .option('--picture <file>', say('option.picture'))
    .option('--jobs <n>', say('option.jobs'))
    .option('--json', say('option.json'))
    .action(async (file, options) => exit(await (await import('./life-connect-windows.ts')).connectWindows(file, options)));

  written(
    command('reserve <dossier>', 'reserve kazakhstan.gpkg --site korgalzhyn --distance 10000 --corridors corridors.geojson'),
  )
    .requiredOption('--site <id>', t(lang, 'cli.option.site'))
    .option('--distance <m>', say('option.distance'), '10000')
    .option('--within <m>', say('option.within'), '100000')
    .option('--width <m>', say('option.width'), '1000')
    .option('--region <file>', say('option.dossier-region'))
    .option('--region-site <id>', t(lang, 'plans.corridor.option-region-site'))
    .option('--corridors <file>', say('option.corridors'))
    .option('--keep', say('option.keep'))
    .action(async (file, options) => exit(await (await import('./life-connect-reserve.ts')).connectReserve(file, options)));
}
