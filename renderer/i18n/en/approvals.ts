/** The inbox of those who decide. */
export const approvalsEn = {
  'screen.approvals': 'Approvals',
  'approvals.due': 'Due',
  'approvals.due.minutes': '{count, plural, =0 {due now} one {due in # minute} other {due in # minutes}}',
  'approvals.due.hours': '{count, plural, one {due in # hour} other {due in # hours}}',
  'approvals.due.days': '{count, plural, one {due in # day} other {due in # days}}',
  'approvals.overdue.minutes':
    '{count, plural, =0 {overdue just now} one {# minute overdue} other {# minutes overdue}}',
  'approvals.overdue.hours': '{count, plural, one {# hour overdue} other {# hours overdue}}',
  'approvals.overdue.days': '{count, plural, one {# day overdue} other {# days overdue}}',
  'approvals.count': '{count, plural, one {# waits for you} other {# wait for you}}',
  'approvals.overdueCount': '{count, plural, one {# overdue} other {# overdue}}',
  'approvals.maker': 'Entered by',
  'approvals.budget': 'Budget',
  'approvals.none': 'Nothing waits for your decision',
  'approvals.noneHint': 'What the accountants submit appears here by itself, the one that is due first on top.',
  'approvals.noDate': 'no limit',
  'approvals.approveTicked': 'Approve the ticked ones',
  'approvals.approveCount': '{count, plural, one {Approve # ticked} other {Approve # ticked}}',
  'approvals.untick': 'Take all ticks away',
  'approvals.next': 'Next one',
  'approvals.quicker': '{name} already decided this {at}: {decision}. Nothing is left to do here.',
  'approvals.gone': 'This no longer waits for you. It is now: {status}.',
  'approvals.document': 'Expense {reference}',

  'approveMany.title': 'Approve several expenses',
  'approveMany.consequence':
    '{count, plural, one {One expense is posted} other {# expenses are posted}}, together {sum}. {payable} becomes payable to the vendors.',
  'approveMany.overBudget':
    '{count, plural, one {One ticked expense goes} other {# ticked expenses go}} beyond the budget and {count, plural, one {is} other {are}} left out: each needs a reason of its own.',
  'approveMany.leftOut':
    '{count, plural, one {One ticked expense no longer waits} other {# ticked expenses no longer wait}} for a decision and {count, plural, one {is} other {are}} left out.',
  'approveMany.list': 'What is approved',
  'approveMany.confirm': '{count, plural, one {Approve one, {sum}} other {Approve #, {sum}}}',
  'approveMany.running': 'Approving',
  'approveMany.done': '{count, plural, one {One expense approved.} other {# expenses approved.}}',
  'approveMany.refused': '{count, plural, one {One could not be approved} other {# could not be approved}}',
  'approveMany.refusedLead':
    '{done, plural, =0 {None was approved.} one {One was approved.} other {# were approved.}} Those below stay as they are.',
  'approveMany.nothing': 'None of the ticked expenses can be approved together now.',
} as const;
