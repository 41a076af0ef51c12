import t from 'tap'
import type { Assumption } from '../../src/api/assumption.ts'
import { assumptions } from '../../src/api/assumptions.ts'
import { editionIds } from '../../src/api/editions/editions.ts'
import { unobservable } from '../../src/conformance/assumption-claims.ts'
import { switchesOf } from '../../src/conformance/compare.ts'
import { compareEmulator, everything, idsWith, reads } from '../support/conformance.ts'

/** Assumptions of the latest edition alone. */
const ofLatest = new Set<string>(['maxConcurrentRuns', 'conditionName', 'invalidNode'])

for (const edition of editionIds) {
  for (const allowed of [reads, everything]) {
    t.test(
      `finds nothing different in ${edition} with ${allowed.runs ? 'writes and runs' : 'reads alone'}`,
      async t => {
        const { compare } = await compareEmulator(t, { edition, allowed })
        const comparison = await compare()
        t.same(
          comparison.findings.filter(({ verdict }) => verdict === 'different'),
          [],
        )
        t.ok(idsWith(comparison, 'as claimed').length > 80)
        t.same(comparison.left, [])
      },
    )
  }
}

for (const [name, { values, ...assumption }] of Object.entries<Assumption>(assumptions)) {
  for (const value of Object.keys(values).filter(each => each !== assumption.default)) {
    const pair = `${name}=${value}`
    const allowed =
      /^(createStatus|jobNames|workerType|timeoutZero|eventTrigger|workflowCondition|maxConcurrentRuns|draftStatus|draftCheck|workflowNodes|listDeleted|runStatus|busyJob|runReferences|runInWorkflow|invalidNode)$/.test(
        name,
      )
        ? everything
        : reads
    t.test(`reports ${pair} and nothing else`, async t => {
      // The shape that the edition has anyway is no switch.
      const edition = ofLatest.has(name) || pair === 'errorBody=error' ? '2026-09' : '2025-03'
      const { compare } = await compareEmulator(t, { edition, allowed, assume: { [name]: value } })
      const comparison = await compare()
      const reason = unobservable[name]
      const found = comparison.findings.find(each => each.assumption === name)
      if (reason !== undefined || pair in unobservable) {
        t.equal(found?.verdict, 'not observable')
        if (reason === undefined) t.match(found?.seen, /alike|fits both/)
        else t.equal(found?.seen, reason)
        t.same(switchesOf(comparison), {})
      } else t.same(switchesOf(comparison), { [name]: value })
      const others = comparison.findings.filter(each => each.verdict === 'different' && each.assumption !== name)
      t.same(others, [])
    })
  }
}
