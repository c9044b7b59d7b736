/**
 * What a token (V-token) carries. The credential was written and sealed with the pool and is drawn blindly; the desk that hands
 * it out adds a stamp without reading the credential. All tokens issued in the same five minutes have the same stamp, so it ties
 * a token to a quarter of an hour and to nobody.
 */
export type Token = {
  /** hashOf of the election package's text. */
  readonly package: string
  /** 3.x form with its two check characters. */
  readonly credential: string
  readonly stamp?: Stamp
}

/** `minutes`: five-minute step since 1970 of the desk's clock; `signature` by the desk's key over kind `stamp/1`. */
export type Stamp = { readonly step: number; readonly desk: string; readonly signature: string }
