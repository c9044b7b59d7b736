export { openDevicePrinter } from './device.ts'
export { codesSheet, planoSheet, resultSheet, verificationReport } from './documents/count.ts'
export {
  hourlyHead,
  incidentReport,
  minutes,
  reconciliationSheet,
  type ZeroReport,
  zeroReport,
} from './documents/day.ts'
export { type Place, type Signer, wholeHash } from './documents/head.ts'
export { numberInWords } from './documents/number-words.ts'
export { type Joined, joinParts, qrParts } from './documents/parts.ts'
export { receipt } from './documents/receipt.ts'
export { choiceName, type SlipMark, type SlipOf, slip } from './documents/slip.ts'
export { consumables, rollsForBooth, selfTest, stockOf } from './documents/stock.ts'
export { openingSheet, refusalSlip, stampStrip } from './documents/voter.ts'
export { escPos } from './escpos.ts'
export { JpegError, readJpeg } from './jpeg.ts'
export * from './paper.ts'
export * from './printer.ts'
export { printerOf } from './printer-of.ts'
export { sheetPdf } from './sheet.ts'
export { type Fault, faultsFile, openSimulatedPrinter, type SimulatedPlan, type SimulatedPrinter } from './simulated.ts'
export { openPrinter, type Patience, type Wire, WireGone } from './wire.ts'
