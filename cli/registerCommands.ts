import type { Command } from 'commander';
import { acknowledgeCommand } from './commands/acknowledge.js';
import { addCommand } from './commands/add.js';
import { adoptCommand } from './commands/adopt.js';
import { amendCommand } from './commands/amend.js';
import { amendContactCommand } from './commands/amendContact.js';
import { apiCommand } from './commands/api.js';
import { appCommand } from './commands/app.js';
import { auditCommand } from './commands/audit.js';
import { blackoutsCommand } from './commands/blackouts.js';
import { bounceCommand } from './commands/bounce.js';
import { bulkCommand } from './commands/bulk.js';
import { calendarCommand } from './commands/calendar.js';
import { cancelCommand } from './commands/cancel.js';
import { collisionsCommand } from './commands/collisions.js';
import { countCommand } from './commands/count.js';
import { decideCommand } from './commands/decide.js';
import { doctorCommand } from './commands/doctor.js';
import { doneCommand } from './commands/done.js';
import { eventCommand } from './commands/event.js';
import { evidenceCommand } from './commands/evidence.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { feasibleCommand } from './commands/feasible.js';
import { historyCommand } from './commands/history.js';
import { importCommand } from './commands/import.js';
import { feedCommand } from './commands/feed.js';
import { holdCommand, resumeCommand } from './commands/hold.js';
import { holdersCommand } from './commands/holders.js';
import { linkCommand } from './commands/link.js';
import { listCommand } from './commands/list.js';
import { messagesCommand } from './commands/messages.js';
import { packCommand } from './commands/pack.js';
import { planCommand } from './commands/plan.js';
import { ringListCommand } from './commands/ringList.js';
import { redateCommand } from './commands/redate.js';
import { registerCommand } from './commands/register.js';
import { rehearseCommand } from './commands/rehearse.js';
import { revokeLinksCommand } from './commands/revokeLinks.js';
import { rulesCommand } from './commands/rules.js';
import { sessionCommand } from './commands/session.js';
import { showCommand } from './commands/show.js';
import { signInCommand } from './commands/signIn.js';
import { startCommand } from './commands/start.js';
import { tokenCommand } from './commands/token.js';
import { turnaroundsCommand } from './commands/turnarounds.js';
import { upCommand } from './commands/up.js';
import { waiveCommand } from './commands/waive.js';
import { webhookCommand } from './commands/webhook.js';
import { weekCommand } from './commands/week.js';
import { whenCommand } from './commands/when.js';
import { workerCommand } from './commands/worker.js';

/** Every command of `leadtime`. A command's file is cheap to load; what it needs to work, its action imports. */
export function registerCommands(program: Command): void {
  for (const command of [
    upCommand(),
    whenCommand(),
    planCommand(),
    explainCommand(),
    rehearseCommand(),
    feasibleCommand(),
    importCommand(),
    exportCommand(),
    packCommand(),
    messagesCommand(),
    calendarCommand(),
    rulesCommand(),
    startCommand(),
    listCommand(),
    evidenceCommand(),
    holdersCommand(),
    collisionsCommand(),
    blackoutsCommand(),
    turnaroundsCommand(),
    ringListCommand(),
    weekCommand(),
    showCommand(),
    historyCommand(),
    auditCommand(),
    doctorCommand(),
    doneCommand(),
    waiveCommand(),
    acknowledgeCommand(),
    countCommand(),
    decideCommand(),
    addCommand(),
    eventCommand(),
    amendContactCommand(),
    bounceCommand(),
    linkCommand(),
    revokeLinksCommand(),
    feedCommand(),
    redateCommand(),
    bulkCommand(),
    holdCommand(),
    resumeCommand(),
    amendCommand(),
    adoptCommand(),
    cancelCommand(),
    webhookCommand(),
    workerCommand(),
    apiCommand(),
    tokenCommand(),
    signInCommand(),
    sessionCommand(),
    registerCommand(),
  ])
    program.addCommand(command);
  program.addCommand(appCommand(), { hidden: true });
}
