import type { Findings } from './findings.ts'
import { type Element, inverse, mod, type PlainGroup } from './groups.ts'
import { knows, range, readProof } from './proofs.ts'
import { type Members, Reader } from './texts.ts'

/** Owners are numbered from 1 through all trustees; `threshold` of a group must decrypt. A Single is a group of one. */
type Group = { owners: number[]; threshold: number }
export type Trustees = {
  /** The election key they make together. */
  y: Element
  /** X of each owner; owner k has index k - 1. */
  keys: Element[]
  groups: Group[]
}

export function judgeTrustees(text: string, group: PlainGroup, findings: Findings): Trustees {
  const reader = new Reader('trustee', 'trustees')
  const trustees: Trustees = { y: group.one, keys: [], groups: [] }
  for (const [k, item] of reader.list(reader.parse(text)).entries()) {
    const here = new Reader('trustee', `trustee ${k}`)
    const [kind, value] = here.list(item, 2, here.form)
    if (kind !== 'Single' && kind !== 'Pedersen') here.refuse()
    const made = (kind === 'Single' ? judgeSingle : judgePedersen)(value, group, findings, here)
    const owners = made.keys.map((_, index) => trustees.keys.length + index + 1)
    trustees.groups.push({ owners, threshold: made.threshold })
    trustees.keys.push(...made.keys)
    trustees.y = trustees.y.times(made.y)
  }
  if (trustees.keys.length === 0) reader.refuse()
  const texts = trustees.keys.map((X) => X.text)
  // Where one of n is enough, the polynomials are constant, and all n have the same key: then it is taken once.
  const keys = trustees.groups.flatMap(({ owners, threshold }) => {
    const own = owners.map((owner) => texts[owner - 1]!)
    return threshold === 1 ? [own[0]!] : own
  })
  findings.expect(new Set(keys).size === keys.length, 'trustee.distinct', 'trustees')
  // Everybody knows the secret of g^0.
  findings.expect(!texts.includes(group.one.text), 'trustee.neutral', 'trustees')
  return trustees
}

type Made = { y: Element; keys: Element[]; threshold: number }

function judgeSingle(value: unknown, group: PlainGroup, findings: Findings, reader: Reader): Made {
  const key = reader.members(value, 'pok public_key signature? name?')
  findings.expect(!('signature' in key), 'trustee.single', reader.place)
  const X = judgeKey(key, group, findings, reader)
  return { y: X, keys: [X], threshold: 1 }
}

/** challenge = HZ(pok|group|str(X)|str(A)) */
function judgeKey(key: Members, group: PlainGroup, findings: Findings, reader: Reader): Element {
  if ('name' in key) reader.text(key.name)
  const X = reader.element(key.public_key, group)
  const pok = readProof(key.pok, group.q, reader)
  findings.expect(knows(group, X, pok, `pok|${group.name}|${X.text}|`), 'trustee.pok', reader.place)
  findings.counts.memberships += 1
  findings.counts.proofs += 1
  return X
}

/** Specification 4.6, with what 3.x adds: context, signatures, signed verification keys (all of them or none). */
function judgePedersen(value: unknown, group: PlainGroup, findings: Findings, reader: Reader): Made {
  const { q } = group
  const { counts } = findings
  const pedersen = reader.members(value, 'threshold certs coefexps signatures? verification_keys')
  const t = reader.whole(pedersen.threshold)
  const certs = reader.list(pedersen.certs)
  const n = certs.length
  if (t < 1 || t > n) reader.refuse('trustee.threshold')
  const third = 'signatures' in pedersen
  const coefexps = reader.list(pedersen.coefexps, n, 'trustee.size')
  const signatures = third ? reader.list(pedersen.signatures, n, 'trustee.size') : []
  const verificationKeys = reader.list(pedersen.verification_keys, n, 'trustee.size')
  const at = (i: number) => `${reader.place}, member ${i + 1}`

  /** A signature over a text: challenge = HZ(sigmsg|TEXT|str(A)), A = g^response · v^challenge. */
  const signs = (v: Element, text: string, signature: unknown, rule: string, i: number) => {
    const proof = readProof(signature, q, new Reader('trustee', at(i)))
    findings.expect(knows(group, v, proof, `sigmsg|${text}|`), rule, at(i))
    counts.signatures += 1
  }
  const element = (text: unknown, here: Reader) => {
    counts.memberships += 1
    return here.element(text, group)
  }

  // cert: {"context":{"group":S,"size":n,"threshold":t,"index":i},"verification":G,"encryption":G}, signed by `verification`
  const keys = certs.map((cert, i) => {
    const here = new Reader('trustee', at(i), 'trustee.cert-form')
    const { message, signature } = reader.members(cert, 'message signature')
    const said = here.members(here.parse(reader.text(message)), 'context? verification encryption')
    findings.expect('context' in said === third, 'trustee.generation', at(i))
    if ('context' in said) {
      const { group: name, size, threshold, index } = here.members(said.context, 'group size threshold index')
      const right = name === group.name && size === n && threshold === t && index === i + 1
      findings.expect(right, 'trustee.context', at(i))
    }
    const v = element(said.verification, here)
    element(said.encryption, here)
    signs(v, message as string, signature, 'trustee.cert', i)
    return v
  })

  // coefexps: {"coefexps":[A_0,…,A_{t-1}]}, signed by trustee i
  const A = coefexps.map((signed, i) => {
    const here = new Reader('trustee', at(i), 'trustee.coefexps-form')
    const { message, signature } = reader.members(signed, 'message signature')
    const said = here.members(here.parse(reader.text(message)), 'coefexps')
    signs(keys[i]!, message as string, signature, 'trustee.coefexps', i)
    return here.list(said.coefexps, t, here.form).map((a) => element(a, here))
  })

  // signatures[i] (3.x): trustee i signs certs_sig|{"certs":[…],"coefexps":[A_{i,0},…]}
  for (const [i, signature] of signatures.entries()) {
    const text = `certs_sig|${JSON.stringify({ certs, coefexps: A[i]!.map((a) => a.text) })}`
    signs(keys[i]!, text, signature, 'trustee.signatures', i)
  }

  const X = verificationKeys.map((value, i) => {
    const here = new Reader('trustee', at(i))
    const key = here.members(value, 'pok public_key signature? name?')
    const X = judgeKey(key, group, findings, here)
    // X_j = ∏_i ∏_k A_{i,k}^(j^k), j from 1, exponents mod q
    const j = BigInt(i + 1)
    const powers = A.flatMap((exponents) => exponents.map((a, k) => a.power(mod(j ** BigInt(k), q))))
    const expected = powers.reduce((a, b) => a.times(b))
    findings.expect(X.text === expected.text, 'trustee.verification-key', at(i))
    findings.expect('signature' in key === third, 'trustee.generation', at(i))
    // 3.x: trustee j signs the bare text str(X_j)
    if ('signature' in key) signs(keys[i]!, X.text, key.signature, 'trustee.key-signature', i)
    return X
  })

  // The sub-key of the group: ∏_i A_{i,0}
  const y = A.map((exponents) => exponents[0]!).reduce((a, b) => a.times(b))
  return { y, keys: X, threshold: t }
}

/**
 * F = ∏ over Single f · ∏ over Pedersen of ∏_{δ∈I} f_δ^(λ_δ), I = the first t members whose factor is there,
 * λ_δ = ∏_{k∈I, k≠δ} k/(k-δ) mod q; for a Single that is f^1. Undefined when there are too few. `factors` by owner.
 */
export function combine(group: PlainGroup, trustees: Trustees, factors: Map<number, Element>): Element | undefined {
  let F = group.one
  for (const { owners, threshold } of trustees.groups) {
    const I = range(1, owners.length)
      .filter((k) => factors.has(owners[k - 1]!))
      .slice(0, threshold)
    if (I.length < threshold) return undefined
    for (const delta of I) {
      const f = factors.get(owners[delta - 1]!)!
      const lambda = I.filter((k) => k !== delta)
        .map((k) => BigInt(k) * inverse(BigInt(k - delta), group.q))
        .reduce((a, b) => mod(a * b, group.q), 1n)
      F = F.times(f.power(lambda))
    }
  }
  return F
}
