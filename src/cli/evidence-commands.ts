/** The arguments and options of `saryarka documents`, `codes` and `coding`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

type Adder = (usage: string, example: string) => Command;

function adder(parent: Command, name: string, lang: Lang): Adder {
  const say = (key: string): string => t(lang, `cli.${key}`);
  parent.helpCommand(false);
  return (usage, example) =>
    parent
      .command(usage)
      .description(say(`${name}.command.${usage.split(' ')[0]}`))
      .addOption(new Option('--lang <lang>', say('option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', say('option.help'))
      .addHelpText('after', `\n${say('help.example')}\n  saryarka ${name} ${example}`);
}

const KINDS = ['primary', 'official', 'peer-reviewed', 'press', 'mirror', 'encyclopedia', 'dataset', 'web', 'own'];

/** Options by which a person says what a document is. */
function withFacts(command: Command, say: (key: string) => string): Command {
  return command
    .option('--title <title>', say('documents.option.title'))
    .addOption(new Option('--kind <kind>', say('documents.option.kind')).choices(KINDS))
    .option('--licence <licence>', say('documents.option.licence'))
    .option('--href <address>', say('documents.option.href'))
    .option('--text-lang <lang>', say('documents.option.text-lang'))
    .option('--date <date>', say('documents.option.date'))
    .addOption(new Option('--may-quote <answer>', say('documents.option.may-quote')).choices(['yes', 'no']))
    .addOption(new Option('--may-store <answer>', say('documents.option.may-store')).choices(['yes', 'no']));
}

/** Adds `import`, `list`, `change` and `remove` to the command `documents`. */
export function addDocumentCommands(documents: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.${key}`);
  const command = adder(documents, 'documents', lang);
  withFacts(
    command('import <dossier> <files...>', 'import kazakhstan.gpkg report.pdf library.bib --kind official --date 2019'),
    say,
  )
    .option('--id <id>', say('documents.option.id'))
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, files, options) =>
      exit(await (await import('./documents.ts')).importDocuments(dossier, files, options)),
    );
  command('list <dossier>', 'list kazakhstan.gpkg')
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, options) => exit((await import('./documents.ts')).listDocuments(dossier, options)));
  withFacts(
    command('change <dossier> <document>', 'change kazakhstan.gpkg report --licence "CC BY-SA 3.0 IGO" --may-quote yes'),
    say,
  ).action(async (dossier, id, options) => exit((await import('./documents.ts')).changeFacts(dossier, id, options)));
  command('remove <dossier> <document>', 'remove kazakhstan.gpkg report')
    .option('--force', say('documents.option.force'))
    .action(async (dossier, id, options) => exit((await import('./documents.ts')).dropDocument(dossier, id, options)));
}

/** Adds `import`, `export` and `list` to the command `codes`. */
export function addCodeCommands(codes: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.${key}`);
  const command = adder(codes, 'codes', lang);
  command('import <dossier> [file]', 'import kazakhstan.gpkg themes.qdc').action(async (dossier, file, options) =>
    exit((await import('./codes.ts')).importCodes(dossier, file, options)),
  );
  command('export <dossier>', 'export kazakhstan.gpkg -o themes.qdc --lang ru')
    .requiredOption('-o, --output <file>', say('codes.option.output'))
    .action(async (dossier, options) => exit((await import('./codes.ts')).exportCodes(dossier, options)));
  command('list [dossier]', 'list kazakhstan.gpkg')
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, options) => exit((await import('./codes.ts')).printCodes(dossier, options)));
}

/** Adds `add`, `import`, `export`, `compare`, `decide` and `report` to the command `coding`. */
export function addCodingCommands(coding: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.${key}`);
  const command = adder(coding, 'coding', lang);
  command(
    'add <dossier>',
    'add kazakhstan.gpkg --document report --quote "30 girls in science" --code women-science-girls --coder Aigerim',
  )
    .requiredOption('--document <id>', say('coding.option.document'))
    .requiredOption('--quote <words>', say('coding.option.quote'))
    .option('--prefix <words>', say('coding.option.prefix'))
    .option('--suffix <words>', say('coding.option.suffix'))
    .requiredOption('--code <codes...>', say('coding.option.code'))
    .requiredOption('--coder <name>', say('coding.option.coder'))
    .option('--memo <words>', say('coding.option.memo'))
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, options) => exit((await import('./coding.ts')).addCoding(dossier, options)));
  command('import <dossier> <file>', 'import kazakhstan.gpkg interviews.qdpx')
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, file, options) => exit(await (await import('./coding.ts')).importCoding(dossier, file, options)));
  command('export <dossier>', 'export kazakhstan.gpkg -o kazakhstan.qdpx')
    .requiredOption('-o, --output <file>', say('coding.option.output'))
    .action(async (dossier, options) => exit(await (await import('./coding.ts')).exportCoding(dossier, options)));
  command('compare <dossier>', 'compare kazakhstan.gpkg --coder Aigerim Daniyar --unit paragraph')
    .option('--coder <names...>', say('coding.option.coders'))
    .addOption(
      new Option('--unit <unit>', say('coding.option.unit'))
        .choices(['paragraph', 'sentence', 'page', 'document'])
        .default('paragraph'),
    )
    .option('--code <codes...>', say('coding.option.only'))
    .option('--seed <number>', say('coding.option.seed'), '1')
    .option('--settle', say('coding.option.settle'))
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, options) => exit((await import('./coding.ts')).compareCoding(dossier, options)));
  command('decide <dossier> <codings...>', 'decide kazakhstan.gpkg 7e5ad2e7-0aad-55fa-89a4-5defbc2d036e --as kept --coder Saule')
    .addOption(new Option('--as <decision>', say('coding.option.as')).choices(['kept', 'dropped', 'draft']).makeOptionMandatory())
    .requiredOption('--coder <name>', say('coding.option.arbiter'))
    .action(async (dossier, codings, options) => exit((await import('./coding.ts')).decideCoding(dossier, codings, options)));
  command('report <dossier>', 'report kazakhstan.gpkg --indicator water-area --feature aral')
    .option('--code <codes...>', say('coding.option.only'))
    .option('--indicator <id>', say('coding.option.indicator'))
    .option('--feature <id>', say('coding.option.feature'))
    .option('--json', say('evidence.option.json'))
    .action(async (dossier, options) => exit((await import('./coding.ts')).reportCoding(dossier, options)));
}
