/** Enrolment and sign-in. */
export const sessionEn = {
  'enrol.title': 'Join this desk to your college',
  'enrol.lead': 'Your IT admin gives you the address of the server and a code that works once.',
  'enrol.server': 'Server address',
  'enrol.serverHint': 'Like https://munim.college.example',
  'enrol.serverWrong': 'This is not an address. It begins with https://',
  'enrol.code': 'Enrolment code',
  'enrol.codeWrong': 'The code has at least 8 characters.',
  'enrol.device': 'Name of this desk',
  'enrol.deviceHint': 'How others see it in the audit trail, like Accounts PC 2',
  'enrol.do': 'Join',
  'enrol.doing': 'Joining',
  'enrol.pull': 'Fetching the books for the first time',
  'enrol.offlineNote': 'After this the desk works without a network.',

  'signIn.title': 'Sign in',
  'signIn.at': '{desk} · {server}',
  'signIn.who': 'Who are you?',
  'signIn.email': 'E-mail',
  'signIn.password': 'Password',
  'signIn.do': 'Sign in',
  'signIn.offline': 'People who have signed in on this desk before can also sign in without a network.',
  'signIn.demoTitle': 'Demonstration group',
  'signIn.demo':
    'These books are made up. Where Munim was started, the people of the group and their password are listed.',

  'recovery.title': 'The books on this PC are damaged',
  'recovery.lead': 'They can be put together again from what is kept elsewhere.',
  'recovery.journal':
    '{count, plural, one {# entry is} other {# entries are}} kept in the journal of this desk, the last of {at}.',
  'recovery.noJournal': 'The journal of this desk holds no entry.',
  'recovery.backup': 'There is a checked backup of {at} on this PC.',
  'recovery.noBackup': 'There is no checked backup on this PC.',
  'recovery.server': 'What is missing after that comes from the server, now or as soon as it can be reached.',
  'recovery.serverNeeded':
    'Until the server is reached the books stay empty; the entries of the journal wait and are not lost.',
  'recovery.do': 'Restore the books',
  'recovery.doing': 'Restoring the books',
  'recovery.kept': 'The damaged files are moved aside and kept; nothing is deleted.',
} as const;
