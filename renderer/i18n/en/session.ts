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
} as const;
