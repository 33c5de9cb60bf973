/** The arguments and options of `saryarka water crop`, `drought` and `trend`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds the three commands to `water`. */
export function addWaterFieldCommands(water: Command, lang: Lang, exit: (status: number) => void): void {
  const start = (name: string, argument: string, example: string): Command =>
    water
      .command(`${name} ${argument}`)
      .description(t(lang, `cli.water.${name}.command`))
      .addOption(new Option('--lang <lang>', t(lang, 'cli.option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', t(lang, 'cli.option.help'))
      .addHelpText('after', `\n${t(lang, 'cli.help.example')}\n  ${example}`);
  const finish = (command: Command, say: (key: string) => string): Command =>
    command.option('--json', say('json')).option('-o, --output <file>', say('output'));

  const crop = (key: string): string => t(lang, `cli.water.crop.option.${key}`);
  finish(
    start(
      'crop',
      '<weather>',
      'saryarka water crop weather.csv --crop cotton --soil loam --planting 2024-04-20 --compare furrow,drip,lining',
    )
      .requiredOption('--crop <name|file>', crop('crop'))
      .requiredOption('--soil <name|file>', crop('soil'))
      .requiredOption('--planting <date>', crop('planting'))
      .option('--until <date>', crop('until'))
      .option('--reference <method>', crop('reference'), 'given')
      .option('--vapour <rule>', crop('vapour'))
      .option('--latitude <deg>', crop('latitude'))
      .option('--elevation <m>', crop('elevation'))
      .option('--wind-height <m>', crop('wind-height'))
      .option('--initial <m3/m3>', crop('initial'))
      .option('--coefficients <kind>', crop('coefficients'), 'dual')
      .option('--kc <rule>', crop('kc'), 'as-given')
      .option('--fraction <rule>', crop('fraction'), 'adjusted')
      .option('--stress <curve>', crop('stress'), 'fao-56')
      .option('--irrigation <file>', crop('irrigation'))
      .option('--when <rule>', crop('when'), 'raw:1')
      .option('--give <amount>', crop('give'), 'refill')
      .option('--wetted <part>', crop('wetted'), '1')
      .option('--efficiency <part>', crop('efficiency'), '1')
      .option('--supply <mm>', crop('supply'))
      .option('--salinity <dS/m>', crop('salinity'))
      .option('--yield <t/ha>', crop('yield'))
      .option('--area <ha>', crop('area'), '1')
      .option('--compare <options>', crop('compare'))
      .option('--canal <option>', crop('canal'), 'earth-loam-medium')
      .option('--deficit <part>', crop('deficit'))
      .option('--instead <crop>', crop('instead'))
      .option('--instead-planting <date>', crop('instead-planting'))
      .option('--runs <n>', crop('runs'), '200')
      .option('--seed <n>', crop('seed'), '1'),
    crop,
  ).action(async (weather, options) => exit(await (await import('./water-crop.ts')).waterCrop(weather, options)));

  const drought = (key: string): string => t(lang, `cli.water.drought.option.${key}`);
  finish(
    start('drought', '<months>', 'saryarka water drought months.csv --latitude 46.8 --scale 3,12')
      .option('--index <names>', drought('index'), 'spi,spei')
      .option('--scale <months>', drought('scale'), '3,12')
      .option('--latitude <deg>', drought('latitude'))
      .option('--pet <method>', drought('pet'), 'thornthwaite')
      .option('--daylight <rule>', drought('daylight'), 'month-mean')
      .option('--fit <estimator>', drought('fit'), 'thom')
      .option('--zeros <rule>', drought('zeros'), 'edwards')
      .option('--distribution <name>', drought('distribution'), 'log-logistic')
      .option('--calibration <years>', drought('calibration'))
      .option('--limit <index>', drought('limit'), '3.09'),
    drought,
  ).action(async (months, options) => exit(await (await import('./water-drought.ts')).waterDrought(months, options)));

  const trend = (key: string): string => t(lang, `cli.water.trend.option.${key}`);
  finish(
    start('trend', '<series>', 'saryarka water trend levels.csv --column level --season 12')
      .option('--column <name>', trend('column'))
      .option('--unit <unit>', trend('unit'))
      .option('--season <n>', trend('season'))
      .option('--lags <n>', trend('lags'))
      .option('--gaps <rule>', trend('gaps'), 'keep')
      .option('--level <part>', trend('level'), '0.95')
      .option('--draws <n>', trend('draws'), '20000')
      .option('--seed <n>', trend('seed'), '1'),
    trend,
  ).action(async (series, options) => exit(await (await import('./water-trend.ts')).waterTrend(series, options)));
}
