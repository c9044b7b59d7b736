import { type Machine, pointBytes } from './machine.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * Reads a text of 64 hexadecimal digits, lower case, into 32 bytes at an address, as RFC 8032 has them; whether it is
 * one. The text goes through the first 64 bytes of `io`.
 */
export function readText({ run, bytes, io }: Machine, address: number, text: string): boolean {
  if (text.length !== 64) return false
  // A character beyond ASCII takes several bytes, and then not all are read.
  const { read, written } = encoder.encodeInto(text, bytes.subarray(io, io + 64))
  return read === 64 && written === 64 && run.readHex(address, io) === 1
}

/** The text of 32 bytes at an address outside the first 64 of `io`. */
export function textAt({ run, bytes, io }: Machine, address: number): string {
  run.writeHex(io, address)
  return decoder.decode(bytes.subarray(io, io + 64))
}

/** Bytes of room at `work` that `encodeAtWork` needs for so many points, the points themselves included. */
export const roomToEncode = (count: number): number => count * (pointBytes + 64 + 40) + 320

/** Encodes the points that lie at `work`: the address of 64 bytes for each, x and then RFC 8032's encoding. */
export function encodeAtWork({ run, work }: Machine, count: number): number {
  const target = work + count * pointBytes
  run.toBytes(target, work, count, target + count * 64)
  return target
}
