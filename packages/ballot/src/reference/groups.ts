import { ed25519 } from '@noble/curves/ed25519.js'

/** A member of a group, written multiplicatively as the specification does. */
export interface Element {
  /** str(x), its text in JSON and in everything that is hashed. */
  readonly text: string
  times(other: Element): Element
  /** this^exponent, any whole number. */
  power(exponent: bigint): Element
}

export interface PlainGroup {
  readonly name: string
  /** The order of the group, a prime. */
  readonly q: bigint
  readonly g: Element
  readonly one: Element
  /** The member that this text is the one spelling of; undefined when there is none. */
  read(text: string): Element | undefined
  /** The text that Belenios writes for an element which it reads from this one. Whether it is a member is not said. */
  respell(text: string): string
}

export const mod = (x: bigint, q: bigint): bigint => ((x % q) + q) % q

/** base^exponent mod p, square and multiply. */
function powerModulo(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % p
    if (bit === '1') result = (result * base) % p
  }
  return result
}

/** 1/x mod q for a prime q: x^(q-2), by Fermat. */
export const inverse = (x: bigint, q: bigint): bigint => powerModulo(mod(x, q), q - 2n, q)

function residues(name: string, { p, q, g }: { p: bigint; q: bigint; g: bigint }): PlainGroup {
  const element = (x: bigint): Element & { x: bigint } => ({
    x,
    text: x.toString(),
    times: (other) => element((x * BigInt(other.text)) % p),
    power: (exponent) => element(powerModulo(x, mod(exponent, q), p)),
  })
  return {
    name,
    q,
    g: element(g),
    one: element(1n),
    read(text) {
      // Decimal digits, no leading zero, 0 ≤ x < p, x^q = 1.
      if (!/^(0|[1-9][0-9]{0,616})$/.test(text)) return undefined
      const x = BigInt(text)
      return x < p && powerModulo(x, q, p) === 1n ? element(x) : undefined
    },
    respell: (text) => (respellNumber(text) ?? text).toString(),
  }
}

type Point = InstanceType<typeof ed25519.Point>

/** RFC 8032, section 5.1: L = 2^252 + 27742317777372353535851937790883648493. */
const curveOrder = 2n ** 252n + 27742317777372353535851937790883648493n

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

function curve(): PlainGroup {
  const q = curveOrder
  const power = (point: Point, exponent: bigint) => point.multiplyUnsafe(mod(exponent, q))
  const element = (point: Point): Element & { point: Point } => ({
    point,
    // The 32 bytes of RFC 8032, last byte first.
    text: hex(point.toBytes().reverse()),
    times: (other) => element(point.add((other as Element & { point: Point }).point)),
    power: (exponent) => element(power(point, exponent)),
  })
  return {
    name: 'Ed25519',
    q,
    g: element(ed25519.Point.BASE),
    one: element(ed25519.Point.ZERO),
    read(text) {
      if (!/^[0-9a-f]{64}$/.test(text)) return undefined
      const bytes = Uint8Array.from(text.match(/../g)!.reverse(), (digits) => Number.parseInt(digits, 16))
      let point: Point
      try {
        point = ed25519.Point.fromBytes(bytes)
      } catch {
        return undefined
      }
      // On the curve; spelt as it would be written again; q·P = (q-1)·P + P = neutral.
      const inSubgroup = power(point, q - 1n)
        .add(point)
        .is0()
      return inSubgroup && element(point).text === text ? element(point) : undefined
    },
    respell: (text) => text.toLowerCase(),
  }
}

/** A number spelt in any way that Belenios reads: 5, +5, 007, 1_000, 0x1F, 0o17, 0b11. */
export function respellNumber(text: string): bigint | undefined {
  const spelt = /^\+?(0[xX][0-9a-fA-F][0-9a-fA-F_]*|0[oO][0-7][0-7_]*|0[bB][01][01_]*|[0-9][0-9_]*)$/.exec(text)
  return spelt && text.length <= 4096 ? BigInt(spelt[1]!.replaceAll('_', '')) : undefined
}

/** Specification 2.0, section 5.1. */
const belenios2048 = {
  p: BigInt(
    [
      '2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433',
      '8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049',
      '0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019',
      '1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366',
      '8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201',
      '3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031',
      '25680162072880719',
    ].join(''),
  ),
  g: BigInt(
    [
      '2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678',
      '7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274',
      '0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065',
      '8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982',
      '6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751',
      '7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668',
      '0037745308460627',
    ].join(''),
  ),
  q: 78571733251071885079927659812671450121821421258408794611510081919805623223441n,
}

/** Specification 2.0, section 5.2. */
const rfc3526 = {
  p: BigInt(
    [
      '3231700607131100730033891392642382824881794124114023911284200975140074170663435422261968941736356934',
      '7117901737909704191754605873209195028853758986185622153212175412514901774520270235796078236248884246',
      '1894775876411059286460994117232454266225221932305409190376805242355191256797158701170010580558776510',
      '3886184728025797605490356973256152616708133936179954133647655916036831789672907317838458968063967190',
      '0977202194168647225871031411336429319536193471636533209717077448227988588565369208645296636077250268',
      '9555059283627511211740969729980684105543595848665832916421362182310789909994486524682624169720359118',
      '52507045361090559',
    ].join(''),
  ),
  g: 2n,
  q: BigInt(
    [
      '1615850303565550365016945696321191412440897062057011955642100487570037085331717711130984470868178467',
      '3558950868954852095877302936604597514426879493092811076606087706257450887260135117898039118124442123',
      '0947387938205529643230497058616227133112610966152704595188402621177595628398579350585005290279388255',
      '1943092364012898802745178486628076308354066968089977066823827958018415894836453658919229484031983595',
      '0488601097084323612935515705668214659768096735818266604858538724113994294282684604322648318038625134',
      '4777529641813755605870484864990342052771797924332916458210681091155394954997243262341312084860179559',
      '26253522680545279',
    ].join(''),
  ),
}

/** The groups of Belenios v1 by the name that an election gives; undefined for any other. */
export function plainGroup(name: string): PlainGroup | undefined {
  if (name === 'BELENIOS-2048') return residues(name, belenios2048)
  if (name === 'RFC-3526-2048') return residues(name, rfc3526)
  if (name === 'Ed25519') return curve()
  return undefined
}
