/** The arguments and options of `saryarka users …`; what each does is loaded when it is called. */
import { type Command, Option } from 'commander';
import { roles } from '../api/roles.ts';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

/** Adds `add`, `list`, `block`, `password` `role` and `key` to the command `users`. */
export function addUserCommands(users: Command, lang: Lang, exit: (status: number) => void): void {
  const say = (key: string): string => t(lang, `cli.${key}`);
  users.helpCommand(false);
  const command = (usage: string, example: string): Command =>
    users
      .command(usage)
      .description(say(`users.command.${usage.split(' ')[0]}`))
      .addOption(new Option('--lang <lang>', say('option.lang')).choices(languages).default(lang))
      .helpOption('-h, --help', say('option.help'))
      .addHelpText('after', `\n${say('help.example')}\n  saryarka users ${example}`);

  command('add <dossier> <login>', 'add kazakhstan.gpkg aigerim --role editor --site korgalzhyn')
    .option('--name <name>', say('users.option.name'))
    .addOption(new Option('--role <role>', say('users.option.role')).choices(roles).default('reader'))
    .option('--site <id>', say('users.option.site'))
    .action(async (dossier, login, options) => exit(await (await import('./users.ts')).addUserTo(dossier, login, options)));

  command('list <dossier>', 'list kazakhstan.gpkg').action(async (dossier, options) =>
    exit(await (await import('./users.ts')).listUsersOf(dossier, options)),
  );

  command('block <dossier> <login>', 'block kazakhstan.gpkg aigerim')
    .option('--undo', say('users.option.undo'))
    .action(async (dossier, login, options) => exit(await (await import('./users.ts')).blockUser(dossier, login, options)));

  command('password <dossier> <login>', 'password kazakhstan.gpkg aigerim').action(async (dossier, login, options) =>
    exit(await (await import('./users.ts')).newPassword(dossier, login, options)),
  );

  command('role <dossier> <login> <role>', 'role kazakhstan.gpkg aigerim contributor --site korgalzhyn')
    .option('--site <id>', say('users.option.site'))
    .action(async (dossier, login, role, options) =>
      exit(await (await import('./users.ts')).giveRole(dossier, login, role, options)),
    );

  command('key <dossier> <login>', 'key kazakhstan.gpkg aigerim --new "logger at Karateren" --days 365')
    .option('--new <words>', say('users.option.key-new'))
    .option('--days <n>', say('users.option.key-days'))
    .option('--revoke <id>', say('users.option.key-revoke'))
    .action(async (dossier, login, options) => exit(await (await import('./users.ts')).userKeys(dossier, login, options)));
}
