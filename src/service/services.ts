import type { Entropy } from '../entropy.ts'
import type { Stores } from '../store/stores.ts'
import { controlService } from './control.ts'
import { type DecisionLog, decisionHistory } from './decisions.ts'
import { executionService } from './executions.ts'
import { idMaker } from './ids.ts'
import { jobService } from './jobs.ts'
import { launcher } from './launcher.ts'
import { hindrances } from './may-run.ts'
import { overviewService } from './overview.ts'
import type { Settings } from './rules.ts'
import { scheduling as createScheduling } from './scheduling.ts'
import { settling as createSettling } from './settle.ts'
import { statsService } from './stats.ts'
import { triggerReport } from './trigger-report.ts'
import { triggerService } from './triggers.ts'
import { workflowService } from './workflows.ts'

export interface ServiceDeps {
  readonly stores: Stores
  readonly settings: Settings
  readonly chance: Entropy
  readonly log: DecisionLog
  /** Rejects nodes of a job that the edition does not accept. */
  readonly checkNodes: (nodes: string) => void
  /** How many events one transaction of a clock jump handles. */
  readonly sliceBudget?: number | undefined
}

/** Connects the services: what every operation means, and what the admin API does to jobs. */
export function createServices({ stores, settings, chance, log, checkNodes, sliceBudget }: ServiceDeps) {
  const { jobs, executions, triggers, workflows, sequences } = stores
  const scheduling = createScheduling({ jobs, executions, triggers, workflows, settings })
  const launch = launcher({ executions, chance: chance.fork('runs'), settings })
  const hindrance = hindrances(settings)
  const decisions = decisionHistory(log)
  const settling = createSettling({ ...stores, launch, settings, hindrance, note: decisions.note, sliceBudget })
  const ids = idMaker({ sequences, chance: chance.fork('ids') })
  const jobOperations = jobService({ jobs, executions, ids, scheduling, settings, checkNodes })
  const executionOperations = executionService({
    ...stores,
    jobs: jobOperations,
    launch,
    settling,
    hindrance,
    settings,
  })
  const control = controlService({ jobs, executions, executionOperations, scheduling, settings })
  return {
    scheduling,
    settling,
    decisions,
    control,
    triggerReport: triggerReport({ triggers, workflows, decisions, settings }),
    overview: overviewService({ ...stores, control, executionOperations, scheduling, settling, settings }),
    operations: {
      jobs: jobOperations,
      executions: executionOperations,
      workflows: workflowService({
        ...{ workflows, triggers, executions: executionOperations, jobs: jobOperations, ids },
        ...{ scheduling, settling, settings },
      }),
      triggers: triggerService({ triggers, ids, scheduling }),
      stats: statsService({ executions }),
    },
  }
}

export type Services = ReturnType<typeof createServices>
