// Loaded into every Node process of a test run (see compile.ts): where one asks for tsx, it gets what was compiled before.
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'

/** Address of a source → file with its JavaScript; undefined until tsx is asked for. */
let made

// An older Node has no such hooks, and hands over to the pinned one.
nodeModule.registerHooks?.({
  resolve(specifier, context, next) {
    if (specifier === 'tsx') {
      made ??= new Map(JSON.parse(readFileSync(process.env.COMPILED, 'utf8')))
      process.setSourceMapsEnabled(true)
      return { url: 'data:text/javascript,', format: 'module', shortCircuit: true }
    }
    if (made && specifier.startsWith('.') && context.parentURL) {
      const { href } = new URL(specifier, context.parentURL)
      if (made.has(href)) return { url: href, format: 'module', shortCircuit: true }
    }
    return next(specifier, context)
  },
  load(url, context, next) {
    const file = made?.get(url)
    return file ? { format: 'module', source: readFileSync(file, 'utf8'), shortCircuit: true } : next(url, context)
  },
})
