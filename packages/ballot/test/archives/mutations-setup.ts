import {
  alter,
  blank,
  type ElectionText,
  edit,
  type KeyText,
  known,
  leaveGroup,
  type PedersenText,
  plusOne,
  type Question,
  type Sheet,
  type TrusteesText,
  timesG,
} from './alter.ts'
import { ed, prove } from './forge.ts'
import type { Mutation } from './mutations.ts'

/** The setup alone, so that nothing has been signed over the election yet. */
const setup = (name: string, change: (sheet: Sheet) => void) =>
  alter(name, (sheet) => {
    sheet.events.splice(1)
    change(sheet)
    return undefined
  })
const election = (change: (value: ElectionText) => void) =>
  setup(blank, ({ setup }) => {
    setup[0] = edit(setup[0]!, change)
  })
const question = (change: (value: Question) => void) => election(({ questions }) => change(questions[0]!))
const credentials = (change: (value: string[]) => string[]) =>
  setup(known, ({ setup }) => {
    setup[2] = JSON.stringify(change(JSON.parse(setup[2]!)))
  })
const roll = (bytes: string) =>
  setup(blank, ({ setup }) => {
    setup[2] = bytes
  })
/** Only credentials with a weight can be told apart by their texts: the first line without it. */
const bare = (line: string) => line.split(',')[0]!

/** The trustees of the large fixture. The election key is made to fit unless `key` is false. */
const trustees = (change: (value: TrusteesText, sheet: Sheet) => void, key = true) =>
  setup(known, (sheet) => {
    sheet.setup[1] = edit<TrusteesText>(sheet.setup[1]!, (value) => change(value, sheet))
    if (key)
      sheet.setup[0] = edit<ElectionText>(sheet.setup[0]!, (value) => {
        value.public_key = keyOf(sheet.setup[1]!)
      })
  })

/** The product of the keys of single trustees and of the constant coefficients. */
function keyOf(text: string): string {
  const items: (['Single', KeyText] | ['Pedersen', PedersenText])[] = JSON.parse(text)
  const parts = items.flatMap(([kind, value]) =>
    kind === 'Single'
      ? [value.public_key]
      : value.coefexps.map(({ message }) => (JSON.parse(message) as { coefexps: string[] }).coefexps[0]!),
  )
  return parts.reduce((y, part) => y.times(ed.read(part) ?? ed.one), ed.one).text
}

const pedersen = (change: (value: PedersenText, sheet: Sheet) => void, key?: boolean) =>
  trustees(([, [, value]], sheet) => change(value, sheet), key)

const verificationOf = (value: PedersenText, k: number) =>
  (JSON.parse(value.certs[k]!.message) as { verification: string }).verification

/** Trustee k signs its certificate, its polynomial and the whole again, over whatever they now say. */
function signAgain(value: PedersenText, { forge }: Sheet, k: number): void {
  const signer = verificationOf(value, k)
  for (const signed of [value.certs[k]!, value.coefexps[k]!])
    signed.signature = forge.signMessage(signer, signed.message)
}
function signAll(value: PedersenText, { forge }: Sheet): void {
  value.signatures = value.certs.map((_, k) => {
    const { coefexps } = JSON.parse(value.coefexps[k]!.message) as { coefexps: string[] }
    return forge.signMessage(verificationOf(value, k), `certs_sig|${JSON.stringify({ certs: value.certs, coefexps })}`)
  })
}
/** A certificate or polynomial changed and everything over it signed again by those who hold the keys. */
const resigned = (change: (value: PedersenText) => void) =>
  pedersen((value, sheet) => {
    change(value)
    for (const k of value.certs.keys()) signAgain(value, sheet, k)
    signAll(value, sheet)
  })

export const setupMutations: Mutation[] = [
  { name: 'no more than a setup', bytes: setup(known, () => {}), rules: [], verdict: 'sound' },
  {
    name: 'one more member in the election',
    bytes: election((value) => Object.assign(value, { note: 'x' })),
    rules: ['election.form'],
  },
  {
    name: 'a space in the election',
    bytes: setup(blank, ({ setup }) => {
      setup[0] = setup[0]!.replace(',', ', ')
    }),
    rules: ['election.form'],
  },
  {
    name: 'an identifier of 13 characters',
    bytes: election((value) => {
      value.uuid = value.uuid.slice(1)
    }),
    rules: ['election.form'],
  },
  {
    name: 'an identifier with a 0',
    bytes: election((value) => {
      value.uuid = `0${value.uuid}`
    }),
    rules: ['election.form'],
  },
  {
    name: 'no question',
    bytes: election((value) => {
      value.questions = []
    }),
    rules: ['election.form'],
  },
  {
    name: 'a question without answers',
    bytes: question((value) => {
      value.answers = []
    }),
    rules: ['election.form'],
  },
  {
    name: 'at least two, at most one',
    bytes: question((value) => {
      value.min = 2
    }),
    rules: ['election.limits'],
  },
  {
    name: 'at most three of two',
    bytes: question((value) => {
      value.max = 3
    }),
    rules: ['election.limits'],
  },
  {
    name: 'an election key that is not that of the trustees',
    bytes: election((value) => {
      value.public_key = timesG(value.public_key, 1n)
    }),
    rules: ['election.public-key'],
  },
  {
    name: 'an election key outside the group',
    bytes: election((value) => {
      value.public_key = leaveGroup(value.public_key)
    }),
    rules: ['election.public-key'],
  },
  {
    name: 'version 2',
    bytes: election((value) => {
      value.version = 2
    }),
    rules: [],
    verdict: 'unsupported',
  },
  {
    name: 'another group',
    bytes: election((value) => {
      value.group = 'P-256'
    }),
    rules: [],
    verdict: 'unsupported',
  },
  {
    name: 'answers in an order',
    bytes: question((value) => Object.assign(value, { type: 'Lists' })),
    rules: [],
    verdict: 'unsupported',
  },

  {
    name: 'credentials with a space',
    bytes: setup(known, ({ setup }) => {
      setup[2] = setup[2]!.replace('",', '", ')
    }),
    rules: ['credential.form'],
  },
  {
    name: 'a weight with a leading zero',
    bytes: credentials(([a, ...rest]) => [`${bare(a!)},01`, ...rest]),
    rules: ['credential.form'],
  },
  {
    name: 'a negative weight',
    bytes: credentials(([a, ...rest]) => [`${bare(a!)},-1`, ...rest]),
    rules: ['credential.form'],
  },
  {
    name: 'weights of q together',
    bytes: credentials(([a, b]) => [`${bare(a!)},${ed.q - 1n}`, `${bare(b!)},1`]),
    rules: ['credential.weight'],
  },
  {
    name: 'weights of q - 1 together',
    bytes: credentials(([a, b]) => [`${bare(a!)},${ed.q - 1n}`, `${bare(b!)},0`]),
    rules: [],
    verdict: 'sound',
  },
  { name: 'a credential twice', bytes: credentials(([a, b]) => [a!, b!, a!]), rules: ['credential.duplicate'] },
  {
    name: 'a credential twice, with another weight',
    bytes: credentials(([a, b]) => [a!, b!, `${bare(a!)},7`]),
    rules: ['credential.duplicate'],
  },
  {
    name: 'a credential outside the group',
    bytes: credentials(([a, b]) => [a!, `${leaveGroup(bare(b!))},1`]),
    rules: ['credential.membership'],
  },
  {
    name: 'a credential in upper case',
    bytes: credentials(([a, b]) => [a!, bare(b!).toUpperCase()]),
    rules: ['credential.form'],
  },
  {
    name: 'the credential whose secret is 0',
    bytes: roll(JSON.stringify([ed.one.text])),
    rules: ['credential.neutral'],
  },
  { name: 'nobody on the roll', bytes: roll('[]'), rules: [], verdict: 'sound' },

  {
    name: 'a trustee of a kind that there is not',
    bytes: trustees((value) => {
      value[0][0] = 'Double' as 'Single'
    }, false),
    rules: ['trustee.form'],
  },
  {
    name: 'no trustee',
    bytes: trustees((value) => void (value as unknown[]).splice(0), false),
    rules: ['trustee.form'],
  },
  {
    name: 'a response of q',
    bytes: trustees(([[, key]]) => {
      key.pok.response = `${ed.q}`
    }, false),
    rules: ['trustee.scalar'],
  },
  {
    name: 'a trustee who does not know the secret key',
    bytes: trustees(([[, key]]) => {
      key.public_key = timesG(key.public_key, 1n)
    }),
    rules: ['trustee.pok'],
  },
  {
    name: 'a proof of knowledge with another response',
    bytes: trustees(([[, key]]) => {
      key.pok.response = plusOne(key.pok.response)
    }),
    rules: ['trustee.pok'],
  },
  {
    name: 'a key outside the group',
    bytes: trustees(([[, key]]) => {
      key.public_key = leaveGroup(key.public_key)
    }, false),
    rules: ['trustee.membership'],
  },
  {
    name: 'the key whose secret is 0',
    bytes: trustees(([[, key]], { forge }) => Object.assign(key, forge.key(0n))),
    rules: ['trustee.neutral'],
  },
  {
    name: 'one trustee as two',
    bytes: trustees((value) => void (value as unknown[]).push(value[0])),
    rules: ['trustee.distinct'],
  },
  {
    name: 'a signature beside the key of a single trustee',
    bytes: trustees(([[, key]]) => {
      key.signature = key.pok
    }),
    rules: ['trustee.single'],
  },
  {
    name: 'none of three',
    bytes: pedersen((value) => {
      value.threshold = 0
    }),
    rules: ['trustee.threshold'],
  },
  {
    name: 'four of three',
    bytes: pedersen((value) => {
      value.threshold = 4
    }),
    rules: ['trustee.threshold'],
  },
  {
    name: 'a threshold of three for polynomials of two coefficients',
    bytes: pedersen((value) => {
      value.threshold = 3
    }),
    rules: ['trustee.context', 'trustee.coefexps-form'],
  },
  { name: 'a key too few', bytes: pedersen((value) => void value.verification_keys.pop()), rules: ['trustee.size'] },
  { name: 'a signature too few', bytes: pedersen((value) => void value.signatures!.pop()), rules: ['trustee.size'] },
  {
    name: 'the signatures of 3.x left out',
    bytes: pedersen((value) => {
      value.signatures = undefined
    }),
    rules: ['trustee.generation'],
  },
  {
    name: 'the signature of a shared key left out',
    bytes: pedersen((value) => {
      value.verification_keys[1]!.signature = undefined
    }),
    rules: ['trustee.generation'],
  },
  {
    name: 'a certificate signed by nobody',
    bytes: pedersen((value, sheet) => {
      value.certs[1]!.signature.response = plusOne(value.certs[1]!.signature.response)
      signAll(value, sheet)
    }),
    rules: ['trustee.cert'],
  },
  {
    name: 'certificates for the wrong places',
    bytes: resigned((value) => {
      for (const [k, cert] of value.certs.entries())
        cert.message = cert.message.replace(/"index":\d/, `"index":${3 - k}`)
    }),
    rules: ['trustee.context'],
  },
  {
    name: 'a certificate with a space',
    bytes: resigned((value) => {
      value.certs[0]!.message = value.certs[0]!.message.replace(',', ', ')
    }),
    rules: ['trustee.cert-form'],
  },
  {
    name: 'an encryption key outside the group',
    bytes: resigned((value) => {
      const cert = value.certs[0]!
      cert.message = edit<{ encryption: string }>(cert.message, (said) => {
        said.encryption = leaveGroup(said.encryption)
      })
    }),
    rules: ['trustee.membership'],
  },
  {
    name: 'a polynomial signed by nobody',
    bytes: pedersen((value) => {
      value.coefexps[1]!.signature.response = plusOne(value.coefexps[1]!.signature.response)
    }),
    rules: ['trustee.coefexps'],
  },
  {
    name: 'a polynomial with three coefficients, where two decrypt',
    bytes: resigned((value) => {
      const signed = value.coefexps[0]!
      signed.message = edit<{ coefexps: string[] }>(signed.message, (said) => void said.coefexps.push(ed.one.text))
    }),
    rules: ['trustee.coefexps-form'],
  },
  {
    name: 'a polynomial other than the one that was shared out',
    bytes: resigned((value) => {
      const signed = value.coefexps[0]!
      signed.message = edit<{ coefexps: string[] }>(signed.message, ({ coefexps }) => {
        coefexps[1] = timesG(coefexps[1]!, 1n)
      })
    }),
    rules: ['trustee.verification-key'],
  },
  {
    name: 'certificates that one trustee did not sign together',
    bytes: pedersen(({ signatures }) => {
      signatures![2]!.response = plusOne(signatures![2]!.response)
    }),
    rules: ['trustee.signatures'],
  },
  {
    name: 'a shared key in which somebody else holds the secret',
    bytes: pedersen((value, { forge }) => {
      const key = value.verification_keys[1]!
      Object.assign(key, forge.key(5n))
      key.signature = forge.signMessage(verificationOf(value, 1), key.public_key)
    }),
    rules: ['trustee.verification-key'],
  },
  {
    name: 'a shared key that its trustee did not sign',
    bytes: pedersen(({ verification_keys: [key] }) => {
      key!.signature = prove(5n, `sigmsg|${key!.public_key}|`)
    }),
    rules: ['trustee.key-signature'],
  },
]
