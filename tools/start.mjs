import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('src/main.ts', process.argv.slice(2))
