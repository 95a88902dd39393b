/** Encrypted backups and restores. */
export const backupEn = {
  'screen.backup': 'Backup',

  'backup.state': 'State of the backups',
  'backup.head.none': 'There is no backup of this desk yet',
  'backup.head.noPassphrase': 'Set a passphrase, so that backups can be made',
  'backup.head.verified': 'Last verified backup: {at}',
  'backup.head.failed': 'The last backup failed ({at})',
  'backup.holds':
    '{colleges}: {vouchers, plural, one {# voucher} other {# vouchers}} and {expenses, plural, one {# expense} other {# expenses}}, {size}.',
  'backup.holdsWaiting':
    '{count, plural, one {# entry in it was} other {# entries in it were}} not yet at the server then.',
  'backup.proved': 'It was read back, restored into a scratch ledger, and its trial balance agreed with the books.',
  'backup.old': 'This is more than {days, plural, one {# day} other {# days}} ago.',
  'backup.before': 'The one before it is still good: {at}.',
  'backup.restored':
    'The books were restored {at} from the backup of {backupAt}. The former ones are kept beside them.',
  'backup.restoredWaiting':
    '{count, plural, one {# entry} other {# entries}} of it had not been sent; see Sync for what still waits.',
  'backup.restoreFailed': 'The books could not be restored ({at}). The ones you had are in use as before.',
  'backup.readOnly': 'Your role reads the books; backups are for those who keep them.',

  'backup.now': 'Back up now',
  'backup.running': 'Making the backup and proving it',
  'backup.runningNote': 'You can go on working meanwhile.',
  'backup.done': 'The backup is verified: {fileName}',
  'backup.save': 'Save a copy',
  'backup.saved': 'Saved: {fileName}',

  'backup.passphrase': 'Passphrase',
  'backup.passphraseNone': 'Backups are encrypted. Nobody can read them without the passphrase, not even with this PC.',
  'backup.passphraseSet':
    'Set {at}. This desk does not know it: it keeps only what is needed to lock backups, not to open them.',
  'backup.passphraseDo': 'Set the passphrase',
  'backup.passphraseChange': 'Change the passphrase',
  'backup.passphraseWarning':
    'Write it down and keep it in a safe place, away from this PC. It cannot be recovered: without it the backups are lost for ever, and nobody at Munim can help.',
  'backup.passphraseEarlier': 'Backups made before keep the passphrase they were made with.',
  'backup.passphraseField': 'New passphrase',
  'backup.passphraseHint':
    '{length} characters or more, {kinds} different ones among them. Four or five unrelated words are good.',
  'backup.passphraseAgain': 'The same once more',
  'backup.passphraseDiffers': 'The two are not the same.',
  'backup.passphraseWritten': 'I have written it down',
  'backup.passphraseNotWritten': 'Tick that you have written it down.',
  'backup.passphraseDone': 'The passphrase is set.',

  'backup.schedule': 'Every day by itself',
  'backup.scheduleOn': 'Make a backup every day, when nobody works',
  'backup.keep': 'Backups to keep',
  'backup.keepHint': 'Older ones of this desk are removed; {min} to {max}.',
  'backup.keepWrong': 'A number from {min} to {max}.',
  'backup.folder': 'Folder',
  'backup.folderOwn': 'In the folder of this desk. That helps against mistakes, but not when the PC is lost.',
  'backup.folderChosen': 'In the folder “{name}” that was chosen on this PC.',
  'backup.folderHeadless': 'Save a copy now and then to another disk.',
  'backup.folderAsk': 'Choose a folder',
  'backup.folderBack': 'Use the desk’s own folder',
  'reason.ENOENT': 'it is not there',
  'reason.EACCES': 'this PC does not allow it',
  'reason.EPERM': 'this PC does not allow it',
  'reason.EROFS': 'the disk can only be read',
  'reason.EIO': 'the disk does not answer',
  'backup.scheduleSave': 'Save the schedule',
  'backup.scheduleSaved': 'The schedule is saved.',

  'restore.title': 'Restore from a backup',
  'restore.lead':
    'On another PC: enrol it first, then restore here. What was entered after the backup and reached the server comes back from there.',
  'restore.choose': 'Choose a backup',
  'restore.sending': 'Reading {name}',
  'restore.passphrase': 'Passphrase of the backup',
  'restore.check': 'Check the backup',
  'restore.checking': 'Opening the backup in a scratch ledger and checking all of it',
  'restore.untouched': 'Your books are not touched by the check.',
  'restore.another': 'Choose another',
  'restore.stopped': 'The check was stopped. Nothing was changed.',
  'restore.found': 'What is in this backup',
  'restore.sound':
    'Every page was checked; the trial balance and the end of the audit trail are those that were backed up.',
  'restore.made': 'Made {at} by {person} on “{desk}”.',
  'restore.madeDaily': 'Made {at} by the schedule of “{desk}”.',
  'restore.college': 'College',
  'restore.vouchers': 'Vouchers',
  'restore.expenses': 'Expenses',
  'restore.waiting':
    '{count, plural, =0 {Everything in it was at the server then.} one {# entry in it was not at the server yet. It is kept and sent from this desk; if the server has it already, it is not entered twice.} other {# entries in it were not at the server yet. They are kept and sent from this desk; what the server has already is not entered twice.}}',
  'restore.people':
    'Everybody who entered one of them signs in on this PC once while it is connected; the server takes theirs from then on.',
  'restore.do': 'Restore these books',
  'restore.confirm': 'Restore the books of {at}?',
  'restore.consequence':
    'The books on this PC are moved aside and kept, and those of the backup take their place. Munim is away for some seconds meanwhile.',
  'restore.consequenceOwn': 'What you entered here since then is put in again from the journal of this desk.',
  'restore.consequenceServer': 'What others entered since then comes from the server as soon as it can be reached.',
  'restore.doing': 'The books are being restored. Munim comes back by itself.',
} as const;
