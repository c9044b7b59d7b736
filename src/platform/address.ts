/**
 * Where the product is reached from outside, for links in letters and for passkeys. It is a setting (PUBLIC_URL), never
 * the Host header of a request: whoever asks for a letter must not be able to choose where its link leads.
 */
let address = 'http://localhost:3000'

/** Set once at start. */
export function usePublicAddress(next: string) {
  address = new URL(next).origin
}

/** The full address of a page: linkTo('/masuk') → https://melayani.go.id/masuk */
export const linkTo = (path: string): string => address + path
export const publicOrigin = (): string => address
