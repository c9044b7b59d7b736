export { type MadeTps, makeTps, type TpsPlan, testNik } from '../src/practice/make-tps.ts'
