/** The arguments and options of `saryarka water …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { addWaterAllocateCommand } from './water-allocate-command.ts';
import { addWaterFieldCommands } from './water-crop-commands.ts';
import { addWaterSeriesCommands } from './water-series-commands.ts';

/** Adds `lake` to the command `water`. */
export function addWaterCommands(water: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.water.${key}`);
  water.helpCommand(false);
  addWaterSeriesCommands(water, lang, exit);
  addWaterAllocateCommand(water, lang, exit);
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
    .option('--json', say('option.json'))
    .option('-o, --output <file>', say('option.output'))
    .option('--chart <file>', say('option.chart'))
    .action(async (options) => exit(await (await import('./water-lake.ts')).waterLake(options)));
  addWaterFieldCommands(water, lang, exit);
}
