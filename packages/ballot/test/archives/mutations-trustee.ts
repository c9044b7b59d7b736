import {
  type ElectionText,
  edit,
  type KeyText,
  known,
  leaveGroup,
  onlySetup,
  type PedersenText,
  plusOne,
  type Sheet,
  type TrusteesText,
  timesG,
} from './alter.ts'
import { ed, prove } from './forge.ts'
import type { Mutation } from './mutations.ts'

/** The trustees of the large fixture. The election key is made to fit unless `key` is false. */
const trustees = (change: (value: TrusteesText, sheet: Sheet) => void, key = true) =>
  onlySetup(known, (sheet) => {
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

/** Trustees in the form of 2.0, which is not signed as a whole. */
const older = (change: (value: PedersenText) => void) =>
  onlySetup('2.0-known', (sheet) => {
    sheet.setup[1] = edit<TrusteesText>(sheet.setup[1]!, ([, [, value]]) => change(value))
  })

export const trusteeMutations: Mutation[] = [
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
    or: 'trustee.form',
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

  { name: 'keys shared in the form of 2.0', bytes: older(() => {}), rules: [], verdict: 'sound' },
  {
    name: 'in the form of 2.0, a certificate signed by nobody',
    bytes: older(({ certs: [cert] }) => {
      cert!.signature.response = plusOne(cert!.signature.response)
    }),
    rules: ['trustee.cert'],
  },
  {
    name: 'in the form of 2.0, a polynomial signed by another trustee',
    bytes: older(({ coefexps }) => void coefexps.reverse()),
    rules: ['trustee.coefexps'],
  },
  {
    name: 'in the form of 2.0, two keys exchanged',
    bytes: older(({ verification_keys: keys }) => void keys.push(keys.shift()!)),
    rules: ['trustee.verification-key'],
  },
  {
    name: 'in the form of 2.0, a key that is signed',
    bytes: older(({ verification_keys: [key] }) => {
      key!.signature = key!.pok
    }),
    rules: ['trustee.generation', 'trustee.key-signature'],
  },
]
