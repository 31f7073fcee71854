// The scenario files that are shipped, and the question that each answers. Used by load, list and scenarios.

export const shippedScenarios = [
  {
    name: 'smoke',
    short: 'one pair, three messages: run it first',
    question: 'does a load run work at all against this server?',
  },
  {
    name: 'steady',
    short: 'chats at a given rate of messages',
    question: 'does it keep up with chats at a given rate of messages?',
  },
  {
    name: 'burst',
    short: 'messages to groups',
    question: 'does it keep up with messages that go to many members?',
  },
  {
    name: 'idle-crowd',
    short: 'many idle, few write',
    question: 'how soon does one hear of a message while many others idle?',
  },
  {
    name: 'signup-storm',
    short: 'many make an account',
    question: 'how fast does it make accounts when many people join at once?',
  },
  {
    name: 'reconnect-storm',
    short: 'all clients come back at once',
    question: 'all clients come back at once: is everything still there?',
  },
  {
    name: 'files',
    short: 'texts, photos and large files',
    question: 'does it keep up with photos and files, at how many MB a second?',
  },
  {
    name: 'soak',
    short: 'gentle, for half an hour or longer',
    question: 'is it after a long time as it was at the beginning?',
  },
  {
    name: 'federation',
    short: 'mail from one server to another: federation A B',
    question: 'does mail keep flowing from one server to another?',
  },
] as const
