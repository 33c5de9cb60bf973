/** The arguments and options of `saryarka water …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { addWaterAllocateCommand } from './water-allocate-command.ts';
import { addWaterFieldCommands } from './water-crop-commands.ts';
import { addWaterSeriesCommands } from './water-series-commands.ts';
import { addWaterShareCommand } from './water-share-command.ts';

/** Adds `lake` to the command `water`. */
export function addWaterCommands(water: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.water.${key}`);
  water.helpCommand(false);
  addWaterSeriesCommands(water, lang, exit);
  addWaterAllocateCommand(water, lang, exit);
  addWaterShareCommand(water, lang, exit);
  water
    .command('lake')
    .description(say('command.lake'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText(
      'after',
      `\n${t(lang, 'cli.help.example')}\n  saryarka water lake --full 42,44,46 --inflow 0.8,1 --chart aral.svg`,
    )
    .option('--full <metres>', say('option.full'), '42,44,46,48')
    .option('--inflow <parts>', say('option.inflow'), '1')
    .option('--rule <rules>', say('option.rule'), 'overflow')
    .option('--saved <km3>', say('option.saved'), '0')
    .option('--evaporation <part>', say('option.evaporation'), '1')
    .option('--capacity <m3/s>', say('option.capacity'))
    .option('--start-volume <km3>', say('option.start-volume'))
    .option('--start-salinity <g/L>', say('option.start-salinity'))
    .option('--until <year>', say('option.until'), '2060')
    .option('--runs <n>', say('option.runs'), '1000')
    .option('--seed <n>', say('option.seed'), '1')
    .option('--observed <file>', say('option.observed'))
    .option('--since <year>', say('option.since'))
    .option('--ice <parts>', say('option.ice'))
    .option('--salt-limit <g/L>', say('option.salt-limit'))
    .option('--bathymetry <file>', say('option.bathymetry'))
    .option('--level-field <name>', say('option.level-field'))
    .option('--crs <crs>', t(lang, 'cli.water.lake.exposed.option.crs'))
    .option('--depths-below <metres>', say('option.depths-below'))
    .option('--bed-step <metres>', say('option.bed-step'))
    .option('--place <name=lon,lat>', say('option.place'), (place: string, known: string[] = []) => [...known, place])
    .option('--bed-output <file>', say('option.bed-output'))
    .option('--forcing <file>', say('option.forcing'))
    .option('--curve <file>', say('option.curve'))
    .option('--json', say('option.json'))
    .option('-o, --output <file>', say('option.output'))
    .option('--chart <file>', say('option.chart'))
    .action(async (options) => exit(await (await import('./water-lake.ts')).waterLake(options)));
  const several = (one: string, known: string[] = []): string[] => [...known, one];
  const basins = (key: string): string => t(lang, `cli.water.lake.basins.${key}`);
  water
    .command('basins')
    .argument('<file>', basins('argument'))
    .description(basins('command'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  saryarka water basins great-aral -o steps.csv`)
    .option('--curve <basin=file>', basins('option.curve'), several)
    .option('--bathymetry <basin=file>', basins('option.bathymetry'), several)
    .option('--within <basin=file>', basins('option.within'), several)
    .option('--top <basin=metres>', basins('option.top'), several)
    .option('--crs <crs>', basins('option.crs'))
    .option('--full <basin=metres>', basins('option.full'), several)
    .option('--canal <m3/s>', basins('option.canal'))
    .option('--without <basin>', basins('option.without'))
    .option('--json', say('option.json'))
    .option('-o, --output <file>', basins('option.output'))
    .action(async (file, options) => exit(await (await import('./water-lake-basins.ts')).waterBasins(file, options)));
  water
    .command('exposed-bed')
    .argument('<dossier>', t(lang, 'plans.lake.argument-dossier'))
    .description(t(lang, 'plans.lake.command-exposed'))
    .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .addHelpText(
      'after',
      `\n${t(lang, 'cli.help.example')}\n  saryarka water exposed-bed kazakhstan.gpkg --water aral-sea --feature barsakelmes`,
    )
    .option('--water <id>', t(lang, 'cli.water.lake.exposed.option.water'), 'aral-sea')
    .option('--feature <id>', t(lang, 'plans.lake.option-feature'))
    .option('--reference <km2>', t(lang, 'plans.lake.option-reference'))
    .option('--bathymetry <file>', t(lang, 'cli.water.lake.exposed.option.bathymetry'))
    .option('--depths-below <metres>', say('option.depths-below'))
    .option('--crs <crs>', t(lang, 'cli.water.lake.exposed.option.crs'))
    .option('--reference-level <metres>', t(lang, 'cli.water.lake.exposed.option.reference-level'))
    .option('--from <lon,lat>', t(lang, 'cli.water.lake.exposed.option.from'))
    .option('--json', say('option.json'))
    .option('-o, --output <file>', t(lang, 'cli.water.lake.exposed.option.output'))
    .action(async (dossier, options) => exit(await (await import('./water-lake-exposed.ts')).waterExposedBed(dossier, options)));
  addWaterFieldCommands(water, lang, exit);
}
