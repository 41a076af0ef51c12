// Generated from openapi/ by `npm run generate`.

/**
 * Requests and responses of every operation of the edition 2023-10, by the name of the operation, such as
 * `Edition2023["getJobs"]["response"]`. They are those of the default assumptions.
 */
export interface Edition2023 {
  /** GET /api/v1/jobs: List jobs. Published as getJobs, page analytics-dataflow-getjobs. */
  readonly getJobs: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Only jobs whose name contains this text, letter case included. Empty: all. */
      readonly name?: string
      /** Only jobs of this status. RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
      readonly status?: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["JobList"]
  }
  /** POST /api/v1/jobs: Create a job. Published as createJob, page analytics-dataflow-createjob. */
  readonly createJob: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 20 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes: readonly (Edition2023Schemas["JobNode"])[]
      /** What the job is for. A text. */
      readonly description?: string
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ChangedJob"]
  }
  /** POST /api/v1/jobs/verify: Check the body of a job without keeping it. Published as verifyJob, page analytics-dataflow-verifyjob. */
  readonly verifyJob: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 20 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes: readonly (Edition2023Schemas["JobNode"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Done"]
  }
  /** GET /api/v1/jobs/{jobId}: Get a job. Published as getJobById, page analytics-dataflow-getjobbyid. */
  readonly getJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["JobDetail"]
  }
  /** PUT /api/v1/jobs/{jobId}: Change a job. Published as updateJob, page analytics-dataflow-updatejob. */
  readonly updateJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 20 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The one type of job there is. One of DATAFLOW. */
      readonly type: "DATAFLOW"
      /** True keeps the job as a draft, which cannot be run; false finishes it. True or false. */
      readonly isTemp: boolean
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list; that of a draft may be unfinished. */
      readonly nodes: readonly (Edition2023Schemas["JobNode"])[] | readonly (Edition2023Schemas["DraftJobNode"])[]
      /** What the job is for. A text. */
      readonly description?: string
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ChangedJob"]
  }
  /** DELETE /api/v1/jobs/{jobId}: Delete a job. Assumed: no page of this edition documents it; it is served as deleteJob of other editions. */
  readonly deleteJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Done"]
  }
  /** GET /api/v1/jobs/{jobId}/executions: List the executions of a job. Assumed: no page of this edition documents it; it is served as getJobExecutions of other editions. */
  readonly getJobExecutions: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ExecutionList"]
  }
  /** POST /api/v1/jobs/{jobId}/executions: Run a job. Published as executeJob, page analytics-dataflow-executejob. */
  readonly runJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** The trigger that the execution is to name. */
      readonly triggerId?: string
      /** The workflow among whose executions it is to be. */
      readonly workflowId?: string
    }
    /** The request body. */
    readonly body: {
      readonly jobCondition: Edition2023Schemas["JobCondition"]
      /** What this execution is started with; values of any kind by their names. An object. */
      readonly parameters?: {
        readonly [member: string]: unknown
      }
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["StartedExecution"]
  }
  /** PUT /api/v1/jobs/{jobId}/executions: Change the execution settings of a job. Published as updateJobExecuteConfig, page analytics-dataflow-updatejobexecuteconfig. */
  readonly setJobCondition: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      readonly jobCondition: Edition2023Schemas["JobCondition"]
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ConfiguredJob"]
  }
  /** GET /api/v1/jobs/{jobId}/executions/{executionId}: Get an execution of a job. Published as getJobExecutionById, page analytics-dataflow-getjobexecutionbyid. */
  readonly getJobExecution: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
      /** Id of the execution: jobExecutionId of the reply that made it. */
      readonly executionId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Execution"]
  }
  /** GET /api/v1/workflows: List workflows. Published as getWorkflows, page analytics-dataflow-getworkflows. */
  readonly getWorkflows: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["WorkflowList"]
  }
  /** POST /api/v1/workflows: Create a workflow. Assumed: no page of this edition documents it; it is served as createWorkflow of other editions. */
  readonly createWorkflow: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 20 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The trigger that starts the workflow and the jobs that it runs. A list. */
      readonly nodes: readonly (Edition2023Schemas["WorkflowNodeRequest"])[]
      /** True keeps the workflow as a draft, which nothing starts. True or false. */
      readonly isTemp: boolean
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Workflow"]
  }
  /** GET /api/v1/workflows/{workflowId}: Get a workflow. Published as getWorkflowById, page analytics-dataflow-getworkflowbyid. */
  readonly getWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Workflow"]
  }
  /** PUT /api/v1/workflows/{workflowId}: Change a workflow. Assumed: no page of this edition documents it; it is served as updateWorkflow of other editions. */
  readonly updateWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 20 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The trigger that starts the workflow and the jobs that it runs. A list. */
      readonly nodes: readonly (Edition2023Schemas["WorkflowNodeRequest"])[]
      /** True keeps the workflow as a draft, which nothing starts. True or false. */
      readonly isTemp?: boolean
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Workflow"]
  }
  /** DELETE /api/v1/workflows/{workflowId}: Delete a workflow. Published as deleteWorkflow, page analytics-dataflow-deleteworkflow. */
  readonly deleteWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Done"]
  }
  /** GET /api/v1/workflows/{workflowId}/executions: List the executions of a workflow. Assumed: no page of this edition documents it; it is served as getWorkflowExecutions of other editions. */
  readonly getWorkflowExecutions: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** Part of the name of the workflow. */
      readonly filter?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ExecutionList"]
  }
  /** GET /api/v1/triggers: List triggers. Assumed: no page of this edition documents it; it is served as getTriggers of other editions. */
  readonly getTriggers: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Only jobs whose name contains this text, letter case included. Empty: all. */
      readonly name?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["TriggerList"]
  }
  /** POST /api/v1/triggers: Create a trigger. Published as createTrigger, page analytics-dataflow-createtrigger. */
  readonly createTrigger: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 20 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** What makes it fire: a schedule, an event, or a person. One of SCHEDULED, NONE. */
      readonly type: "SCHEDULED" | "NONE"
      readonly triggerRule: Edition2023Schemas["TriggerRuleRequest"]
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Trigger"]
  }
  /** GET /api/v1/triggers/{triggerId}: Get a trigger. Published as getTriggerById, page analytics-dataflow-gettriggerbyid. */
  readonly getTrigger: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the trigger. */
      readonly triggerId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Trigger"]
  }
  /** DELETE /api/v1/triggers/{triggerId}: Delete a trigger. Assumed: no page of this edition documents it; it is served as deleteTrigger of other editions. */
  readonly deleteTrigger: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the trigger. */
      readonly triggerId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["Done"]
  }
  /** GET /api/v1/stats/executions: Count executions by how they ended. Assumed: no page of this edition documents it; it is served as getExecutionResult of other editions. */
  readonly countExecutions: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ExecutionCount"]
  }
  /** GET /api/v1/stats/executions-interval: Count executions by day. Published as getExecutionCount, page analytics-dataflow-getexecutioncount. */
  readonly countExecutionsByDay: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ExecutionDays"]
  }
  /** GET /api/v1/stats/executions-times: Count executions by time. Assumed: no page of this edition documents it; it is served as getExecutionTimes of other editions. */
  readonly getExecutionTimes: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ExecutionTimes"]
  }
  /** GET /api/v1/stats/execution-times: Count executions by time, at the path that was seen to answer. No page documents this path; the real service was observed to serve getExecutionTimes at it. */
  readonly getExecutionTimesLive: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2023Schemas["ExecutionTimes"]
  }
}

/** The named schemas of the edition 2023-10, such as `Edition2023Schemas["Job"]`. */
export interface Edition2023Schemas {
  /** A job as the list shows it. */
  readonly Job: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** How the newest execution stands: READY waits, RUNNING is under way, the others are over. */
    readonly lastExecutionStatus?: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When the job was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When the job was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
    /** When the newest execution was. Korean local time with milliseconds and no offset. */
    readonly lastExecutionDate?: string
    /** Id of the job as a resource. */
    readonly resourceId: string
    /** True for a job that is listed although the caller may not open it. */
    readonly disabled: boolean
  }
  /** One page of a list. */
  readonly JobList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2023Schemas["Job"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** A column; the properties of a nested type are columns again. */
  readonly JobNodeField: {
    /** A text. */
    readonly name: string
    /** One of Void, Boolean, Tinyint, Smallint, Int, Bigint, Float, Double, String, Char, Varchar, Date, Datetime, Timestamp, Decimal, Binary, TimestampWithTimeZone, Array, Map, Struct, Uniontype in any letter case. */
    readonly type: string
    /** A list. */
    readonly properties?: readonly (Edition2023Schemas["JobNodeField"])[]
  }
  /** A node of the type SOURCE_CATALOG; members beside these are kept. */
  readonly JobNode_SOURCE_CATALOG: {
    /** One of SOURCE_CATALOG. */
    readonly type: "SOURCE_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly database: string
    /** A text. */
    readonly table: string
    /** A text. */
    readonly schemaVersion: string
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_CDB_MYSQL; members beside these are kept. */
  readonly JobNode_SOURCE_CDB_MYSQL: {
    /** One of SOURCE_CDB_MYSQL. */
    readonly type: "SOURCE_CDB_MYSQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_CDB_POSTGRESQL; members beside these are kept. */
  readonly JobNode_SOURCE_CDB_POSTGRESQL: {
    /** One of SOURCE_CDB_POSTGRESQL. */
    readonly type: "SOURCE_CDB_POSTGRESQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_OBS; members beside these are kept. */
  readonly JobNode_SOURCE_OBS: {
    /** One of SOURCE_OBS. */
    readonly type: "SOURCE_OBS"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly regionNo: string
    /** A text. */
    readonly bucketName: string
    /** A text. */
    readonly prefix: string
    /** One of JSON, CSV, PARQUET, NDJSON. */
    readonly dataType: "JSON" | "CSV" | "PARQUET" | "NDJSON"
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DEFINE; members beside these are kept. */
  readonly JobNode_TRANSFORM_DEFINE: {
    /** One of TRANSFORM_DEFINE. */
    readonly type: "TRANSFORM_DEFINE"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly defineFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly newType: string
      /** A text. */
      readonly newName: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SELECT; members beside these are kept. */
  readonly JobNode_TRANSFORM_SELECT: {
    /** One of TRANSFORM_SELECT. */
    readonly type: "TRANSFORM_SELECT"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_JOIN; members beside these are kept. */
  readonly JobNode_TRANSFORM_JOIN: {
    /** One of TRANSFORM_JOIN. */
    readonly type: "TRANSFORM_JOIN"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of INNER, LEFT_OUTER, RIGHT_OUTER, FULL_OUTER. */
    readonly joinType: "INNER" | "LEFT_OUTER" | "RIGHT_OUTER" | "FULL_OUTER"
    /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly leftNodeId: number
    /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly rightNodeId: number
    /** A list. */
    readonly joinConditionList: readonly ({
      /** A text. */
      readonly leftField: string
      /** A text. */
      readonly rightField: string
      /** One of EQ, NE, GT, LT, GTE, LTE. */
      readonly joinOperator: "EQ" | "NE" | "GT" | "LT" | "GTE" | "LTE"
      /** One of HEAD, AND, OR. */
      readonly conditionOperator: "HEAD" | "AND" | "OR"
    })[]
    /** A text. */
    readonly prefix?: string
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_FILTER; members beside these are kept. */
  readonly JobNode_TRANSFORM_FILTER: {
    /** One of TRANSFORM_FILTER. */
    readonly type: "TRANSFORM_FILTER"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of AND, OR. */
    readonly filterType: "AND" | "OR"
    /** A list. */
    readonly filterConditionList: readonly ({
      /** A text. */
      readonly name: string
      /** One of EQ, NE, GT, LT, GTE, LTE. */
      readonly operator: "EQ" | "NE" | "GT" | "LT" | "GTE" | "LTE"
      /** A text. */
      readonly value: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_UNION; members beside these are kept. */
  readonly JobNode_TRANSFORM_UNION: {
    /** One of TRANSFORM_UNION. */
    readonly type: "TRANSFORM_UNION"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of ALL, DISTINCT. */
    readonly unionType: "ALL" | "DISTINCT"
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_AGGREGATE; members beside these are kept. */
  readonly JobNode_TRANSFORM_AGGREGATE: {
    /** One of TRANSFORM_AGGREGATE. */
    readonly type: "TRANSFORM_AGGREGATE"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly groupByList: readonly (string)[]
    /** A list. */
    readonly aggregateFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly ResultName?: string
      /** A text. */
      readonly resultName?: string
      /** One of SUM, AVG, MAX, MIN. */
      readonly function: "SUM" | "AVG" | "MAX" | "MIN"
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_RENAME; members beside these are kept. */
  readonly JobNode_TRANSFORM_RENAME: {
    /** One of TRANSFORM_RENAME. */
    readonly type: "TRANSFORM_RENAME"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly renameFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly newName: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DROP_NULL; members beside these are kept. */
  readonly JobNode_TRANSFORM_DROP_NULL: {
    /** One of TRANSFORM_DROP_NULL. */
    readonly type: "TRANSFORM_DROP_NULL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SPLIT_FIELD; members beside these are kept. */
  readonly JobNode_TRANSFORM_SPLIT_FIELD: {
    /** One of TRANSFORM_SPLIT_FIELD. */
    readonly type: "TRANSFORM_SPLIT_FIELD"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DROP_DUPLICATION; members beside these are kept. */
  readonly JobNode_TRANSFORM_DROP_DUPLICATION: {
    /** One of TRANSFORM_DROP_DUPLICATION. */
    readonly type: "TRANSFORM_DROP_DUPLICATION"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly dropFieldList: readonly (string)[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_FILL_MISSING_VALUES; members beside these are kept. */
  readonly JobNode_TRANSFORM_FILL_MISSING_VALUES: {
    /** One of TRANSFORM_FILL_MISSING_VALUES. */
    readonly type: "TRANSFORM_FILL_MISSING_VALUES"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly missingValueFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly defaultValue: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SQL; members beside these are kept. */
  readonly JobNode_TRANSFORM_SQL: {
    /** One of TRANSFORM_SQL. */
    readonly type: "TRANSFORM_SQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly sourceNameList: readonly ({
      /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
      readonly parentId: number
      /** A text. */
      readonly newName: string
    })[]
    /** A text. */
    readonly sql: string
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CDB_MYSQL; members beside these are kept. */
  readonly JobNode_TARGET_CDB_MYSQL: {
    /** One of TARGET_CDB_MYSQL. */
    readonly type: "TARGET_CDB_MYSQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CDB_POSTGRESQL; members beside these are kept. */
  readonly JobNode_TARGET_CDB_POSTGRESQL: {
    /** One of TARGET_CDB_POSTGRESQL. */
    readonly type: "TARGET_CDB_POSTGRESQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_OBS; members beside these are kept. */
  readonly JobNode_TARGET_OBS: {
    /** One of TARGET_OBS. */
    readonly type: "TARGET_OBS"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly regionNo: string
    /** A text. */
    readonly bucketName: string
    /** A text. */
    readonly prefix: string
    /** One of JSON, CSV, PARQUET. */
    readonly dataType: "JSON" | "CSV" | "PARQUET"
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    /** A whole number from 1 to 2147483647. */
    readonly coalesce?: number
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CATALOG; members beside these are kept. */
  readonly JobNode_TARGET_CATALOG: {
    /** One of TARGET_CATALOG. */
    readonly type: "TARGET_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly database: string
    /** A text. */
    readonly table: string
    /** A text. */
    readonly schemaVersion: string
    /** A list. */
    readonly fieldList: readonly (Edition2023Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    /** A whole number from 1 to 2147483647. */
    readonly coalesce?: number
    readonly [member: string]: unknown
  }
  /** A node of the graph of a job; its type says which members it has. */
  readonly JobNode: Edition2023Schemas["JobNode_SOURCE_CATALOG"] | Edition2023Schemas["JobNode_SOURCE_CDB_MYSQL"] | Edition2023Schemas["JobNode_SOURCE_CDB_POSTGRESQL"] | Edition2023Schemas["JobNode_SOURCE_OBS"] | Edition2023Schemas["JobNode_TRANSFORM_DEFINE"] | Edition2023Schemas["JobNode_TRANSFORM_SELECT"] | Edition2023Schemas["JobNode_TRANSFORM_JOIN"] | Edition2023Schemas["JobNode_TRANSFORM_FILTER"] | Edition2023Schemas["JobNode_TRANSFORM_UNION"] | Edition2023Schemas["JobNode_TRANSFORM_AGGREGATE"] | Edition2023Schemas["JobNode_TRANSFORM_RENAME"] | Edition2023Schemas["JobNode_TRANSFORM_DROP_NULL"] | Edition2023Schemas["JobNode_TRANSFORM_SPLIT_FIELD"] | Edition2023Schemas["JobNode_TRANSFORM_DROP_DUPLICATION"] | Edition2023Schemas["JobNode_TRANSFORM_FILL_MISSING_VALUES"] | Edition2023Schemas["JobNode_TRANSFORM_SQL"] | Edition2023Schemas["JobNode_TARGET_CDB_MYSQL"] | Edition2023Schemas["JobNode_TARGET_CDB_POSTGRESQL"] | Edition2023Schemas["JobNode_TARGET_OBS"] | Edition2023Schemas["JobNode_TARGET_CATALOG"]
  /** Settings of the executions of a job. */
  readonly RunCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
  }
  /** A job. */
  readonly ChangedJob: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** The graph of the job as it was sent; columns have their sub-columns, if only as an empty list. */
    readonly nodes: readonly ({
      readonly [member: string]: unknown
    })[]
    readonly runCondition: Edition2023Schemas["RunCondition"]
    /** When the job was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When the job was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
  }
  /** Always the literal true. */
  readonly Done: boolean
  /** A job. */
  readonly JobDetail: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** What the job is for. */
    readonly description: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** The graph of the job as it was sent; columns have their sub-columns, if only as an empty list. */
    readonly nodes: readonly ({
      readonly [member: string]: unknown
    })[]
    readonly runCondition: Edition2023Schemas["RunCondition"]
    /** When the job was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When the job was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
  }
  /** A node of a draft; members beside these are kept unchecked. */
  readonly DraftJobNode: {
    /** One of SOURCE_CATALOG, SOURCE_CDB_MYSQL, SOURCE_CDB_POSTGRESQL, SOURCE_OBS, TRANSFORM_DEFINE, TRANSFORM_SELECT, TRANSFORM_JOIN, TRANSFORM_FILTER, TRANSFORM_UNION, TRANSFORM_AGGREGATE, TRANSFORM_RENAME, TRANSFORM_DROP_NULL, TRANSFORM_SPLIT_FIELD, TRANSFORM_DROP_DUPLICATION, TRANSFORM_FILL_MISSING_VALUES, TRANSFORM_SQL, TARGET_CDB_MYSQL, TARGET_CDB_POSTGRESQL, TARGET_OBS, TARGET_CATALOG. */
    readonly type: "SOURCE_CATALOG" | "SOURCE_CDB_MYSQL" | "SOURCE_CDB_POSTGRESQL" | "SOURCE_OBS" | "TRANSFORM_DEFINE" | "TRANSFORM_SELECT" | "TRANSFORM_JOIN" | "TRANSFORM_FILTER" | "TRANSFORM_UNION" | "TRANSFORM_AGGREGATE" | "TRANSFORM_RENAME" | "TRANSFORM_DROP_NULL" | "TRANSFORM_SPLIT_FIELD" | "TRANSFORM_DROP_DUPLICATION" | "TRANSFORM_FILL_MISSING_VALUES" | "TRANSFORM_SQL" | "TARGET_CDB_MYSQL" | "TARGET_CDB_POSTGRESQL" | "TARGET_OBS" | "TARGET_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
  }
  /** Settings of an execution. */
  readonly ExecutionCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
  }
  /** An execution of a job. */
  readonly Execution: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    /** Its name when the execution was made. */
    readonly jobName: string
    /** Id of the trigger that made it. */
    readonly triggerId?: string
    /** Name of the trigger that made it. */
    readonly triggerName?: string
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    readonly jobCondition: Edition2023Schemas["ExecutionCondition"]
    /** Whole minutes it waited, known once it has started. */
    readonly waitingTime?: number
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** Number of workers. */
    readonly executorNum: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** When it was asked for. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When it started. Korean local time with milliseconds and no offset. */
    readonly startDate?: string
    /** When it ended. Korean local time with milliseconds and no offset. */
    readonly endDate?: string
  }
  /** One page of a list. */
  readonly ExecutionList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2023Schemas["Execution"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** Settings of the executions of a job. */
  readonly JobCondition: {
    /** Kind of the workers. One of DEFAULT, DATAFLOW. */
    readonly workerType?: "DEFAULT" | "DATAFLOW"
    /** How many workers share an execution; 2 when left out. A whole number from 2 to 10. */
    readonly numWorker?: number
    /** After how many minutes an execution is given up; 360 when left out. A whole number from 0 to 1440. */
    readonly timeout?: number
    /** Resource name of the role that runs have. A text that is not empty. */
    readonly nrn: string
    /** Where scripts are kept in Object Storage. A text that is not empty. */
    readonly scriptPath: string
    /** Where the history of executions is kept in Object Storage. A text that is not empty. */
    readonly logPath: string
  }
  /** An execution of a job. */
  readonly StartedExecution: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    readonly jobCondition: Edition2023Schemas["ExecutionCondition"]
    /** When it was asked for. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
  }
  /** A job. */
  readonly ConfiguredJob: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** What the job is for. */
    readonly description: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** The graph of the job as it was sent; columns have their sub-columns, if only as an empty list. */
    readonly nodes: readonly ({
      readonly [member: string]: unknown
    })[]
    readonly runCondition: Edition2023Schemas["RunCondition"]
    /** When the job was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When the job was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
  }
  /** Settings of the executions of a job node. */
  readonly NodeCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
  }
  /** A trigger or a job of a workflow. */
  readonly WorkflowNode: {
    /** Id of the trigger or the job. */
    readonly id: string
    /** Name of the trigger or the job. */
    readonly name: string
    /** Whether it is a trigger or a job. */
    readonly type: "TRIGGER" | "JOB"
    /** Ids of the nodes that come before it. */
    readonly parentNodeIds: readonly (string)[]
    /** Rule of the trigger of a trigger node. */
    readonly triggerRule?: string
    readonly jobCondition?: Edition2023Schemas["NodeCondition"]
    /** False once the trigger or job was deleted. */
    readonly isValid: boolean
  }
  /** A workflow. */
  readonly ListedWorkflow: {
    /** Id of the workflow: twelve letters and digits. */
    readonly workflowId: string
    /** Name of the workflow. */
    readonly name: string
    /** When the workflow was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When it was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
    /** When it last started; left out for one that never did. Korean local time with milliseconds and no offset. */
    readonly lastExecutionDate?: string
    /** True for a draft. */
    readonly isTemp: boolean
    /** Rule of the trigger that starts it. */
    readonly triggerRuleType: "RECURRING" | "ONE_TIME" | "NONE"
    /** Its trigger and its jobs. */
    readonly nodes: readonly (Edition2023Schemas["WorkflowNode"])[]
    /** Id of the workflow as a resource. */
    readonly resourceId: string
    /** True for a workflow that is listed although the caller may not open it. */
    readonly disabled: boolean
  }
  /** One page of a list. */
  readonly WorkflowList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2023Schemas["ListedWorkflow"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** A trigger or a job that the workflow is to have. */
  readonly WorkflowNodeRequest: {
    /** Id of the trigger or job. A text that is not empty. */
    readonly id: string
    /** What the node is called in the workflow. A text that is not empty. */
    readonly name: string
    /** What the node is. One of TRIGGER, JOB. */
    readonly type: "TRIGGER" | "JOB"
    /** Ids of the nodes that come before: a job starts when all of them are done. Empty for a trigger. A list. */
    readonly parentNodeIds: readonly (string)[]
    /** How the trigger repeats; the rule of the trigger itself holds. One of RECURRING, ONE_TIME, NONE. */
    readonly triggerRule?: "RECURRING" | "ONE_TIME" | "NONE"
    readonly jobCondition?: Edition2023Schemas["JobCondition"]
  }
  /** A workflow. */
  readonly Workflow: {
    /** Id of the workflow: twelve letters and digits. */
    readonly workflowId: string
    /** Name of the workflow. */
    readonly name: string
    /** Its trigger and its jobs. */
    readonly nodes: readonly (Edition2023Schemas["WorkflowNode"])[]
    /** When the workflow was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When it was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
    /** True for a draft. */
    readonly isTemp: boolean
  }
  /** When a trigger fires. */
  readonly TriggerRule: {
    /** Recurring, once, or not at all. */
    readonly type: "RECURRING" | "ONE_TIME" | "NONE"
    /** How often a recurring trigger fires. */
    readonly interval?: "HOUR" | "DAY" | "WEEK" | "MONTH"
    /** The minute of an hourly trigger, the time of day of another one. */
    readonly time?: string
    /** Days of a weekly trigger. */
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]
    /** Day of a monthly trigger; -1 is the last one. */
    readonly dateOfMonth?: string
    /** When a trigger that fires once does so. Korean local time with milliseconds and no offset. */
    readonly executionDate?: string
  }
  /** A trigger. */
  readonly Trigger: {
    /** Id of the trigger: twelve letters and digits. */
    readonly triggerId: string
    /** Name of the trigger. */
    readonly name: string
    /** What fires it: a schedule, an event, or a person. */
    readonly type: "SCHEDULED" | "EVENT" | "NONE"
    readonly triggerRule: Edition2023Schemas["TriggerRule"]
    /** When the trigger was made. Korean local time with milliseconds and no offset. */
    readonly createdDate: string
    /** When it was last changed. Korean local time with milliseconds and no offset. */
    readonly updatedDate: string
  }
  /** One page of a list. */
  readonly TriggerList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2023Schemas["Trigger"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** When the trigger is to fire; its type and interval say which members it needs. */
  readonly TriggerRuleRequest: {
    /** Whether it fires again and again, once, or never by itself. One of RECURRING, ONE_TIME, NONE. */
    readonly type: "RECURRING" | "ONE_TIME" | "NONE"
    /** How often a RECURRING one fires. One of HOUR, DAY, WEEK, MONTH. */
    readonly interval?: "HOUR" | "DAY" | "WEEK" | "MONTH"
    /** When a RECURRING one fires, in Korean time: the minute as two digits for HOUR, else a time of day such as 10:00. A text. */
    readonly time?: string
    /** The days of an interval of WEEK, at least one. A list. */
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]
    /** The day of an interval of MONTH. A day of the month as text, 1 to 31, or -1 for the last one. */
    readonly dateOfMonth?: string
    /** When a ONE_TIME one fires. A date and time in ISO 8601; Korean time where it has no offset. */
    readonly executionDate?: string
  }
  /** How many executions there were, and how they ended. */
  readonly ExecutionCount: {
    /** Executions asked for in the period. */
    readonly totalCount: number
    /** Those that completed. */
    readonly completedCount: number
    /** Those that failed. */
    readonly failedCount: number
  }
  /** A day of the period. */
  readonly ExecutionDay: {
    /** Executions asked for on this day. */
    readonly totalCount: number
    /** Start of the day, Korean time. */
    readonly startDate: string
    /** End of the day, Korean time. */
    readonly endDate: string
  }
  /** A statistic. */
  readonly ExecutionDays: {
    /** In order of time. */
    readonly result: readonly (Edition2023Schemas["ExecutionDay"])[]
  }
  /** Two hours of the period. */
  readonly ExecutionTime: {
    /** Start of two hours, epoch milliseconds. */
    readonly time: number
    /** Executions asked for in them. */
    readonly value: number
  }
  /** A statistic. */
  readonly ExecutionTimes: {
    /** In order of time. */
    readonly result: readonly (Edition2023Schemas["ExecutionTime"])[]
  }
  /** The response of the gateway to a request that it does not pass on to the service. */
  readonly GatewayError: {
    /** Its presence marks an error of the gateway. */
    readonly error: {
      /** Number of the error in the general table of the gateway, as text. */
      readonly errorCode: string
      /** Name of the error in that table. */
      readonly message: string
      /** What was wrong, as far as the gateway tells. */
      readonly details: string
    }
  }
  /** The response of the service to a request that it rejects. */
  readonly ServiceError: {
    /** Its presence marks an error. */
    readonly error: {
      /** The HTTP status as text, or the word of the error: an assumption. */
      readonly errorCode: string
      /** The word of the error, such as bad-parameter. */
      readonly message: string
      /** What was wrong; names the parameter. */
      readonly details: string
    }
  }
}

/**
 * Requests and responses of every operation of the edition 2025-03, by the name of the operation, such as
 * `Edition2025["getJobs"]["response"]`. They are those of the default assumptions.
 */
export interface Edition2025 {
  /** GET /api/v1/jobs: List jobs. Published as getJobs, page analytics-dataflow-getjobs. */
  readonly getJobs: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Only jobs whose name contains this text, letter case included. Empty: all. */
      readonly name?: string
      /** Only jobs of this status. RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
      readonly status?: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["JobList"]
  }
  /** POST /api/v1/jobs: Create a job. Published as createJob, page analytics-dataflow-createjob. */
  readonly createJob: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes: readonly (Edition2025Schemas["JobNode"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ChangedJob"]
  }
  /** POST /api/v1/jobs/verify: Check the body of a job without keeping it. Published as verifyJob, page analytics-dataflow-verifyjob. */
  readonly verifyJob: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes: readonly (Edition2025Schemas["JobNode"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Done"]
  }
  /** GET /api/v1/jobs/{jobId}: Get a job. Published as getJobById, page analytics-dataflow-getjobbyid. */
  readonly getJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["JobDetail"]
  }
  /** PUT /api/v1/jobs/{jobId}: Change a job. Published as updateJob, page analytics-dataflow-updatejob. */
  readonly updateJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The one type of job there is. One of DATAFLOW. */
      readonly type: "DATAFLOW"
      /** True keeps the job as a draft, which cannot be run; false finishes it. True or false. */
      readonly isTemp?: boolean
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list; that of a draft may be unfinished. */
      readonly nodes?: readonly (Edition2025Schemas["JobNode"])[] | readonly (Edition2025Schemas["DraftJobNode"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ChangedJob"]
  }
  /** DELETE /api/v1/jobs/{jobId}: Delete a job. Published as deleteJob, page analytics-dataflow-deletejob. */
  readonly deleteJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Done"]
  }
  /** GET /api/v1/jobs/{jobId}/executions: List the executions of a job. Published as getJobExecutions, page analytics-dataflow-getjobexecutions. */
  readonly getJobExecutions: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionList"]
  }
  /** POST /api/v1/jobs/{jobId}/executions: Run a job. Published as executeJob, page analytics-dataflow-executejob. */
  readonly runJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** The trigger that the execution is to name. */
      readonly triggerId?: string
      /** The workflow among whose executions it is to be. */
      readonly workflowId?: string
    }
    /** The request body. */
    readonly body: {
      readonly jobCondition: Edition2025Schemas["JobCondition"]
      /** What this execution is started with; values of any kind by their names. An object. */
      readonly parameters?: {
        readonly [member: string]: unknown
      }
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["StartedExecution"]
  }
  /** PUT /api/v1/jobs/{jobId}/executions: Change the execution settings of a job. Published as updateJobExecuteConfig, page analytics-dataflow-updatejobexecuteconfig. */
  readonly setJobCondition: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      readonly jobCondition: Edition2025Schemas["JobCondition"]
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ChangedJob"]
  }
  /** GET /api/v1/jobs/{jobId}/executions/{executionId}: Get an execution of a job. Published as getJobExecutionById, page analytics-dataflow-getjobexecutionbyid. */
  readonly getJobExecution: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
      /** Id of the execution: jobExecutionId of the reply that made it. */
      readonly executionId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionDetail"]
  }
  /** GET /api/v1/workflows: List workflows. Published as getWorkflows, page analytics-dataflow-getworkflows. */
  readonly getWorkflows: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["WorkflowList"]
  }
  /** POST /api/v1/workflows: Create a workflow. Published as createWorkflow, page analytics-dataflow-createworkflow. */
  readonly createWorkflow: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The trigger that starts the workflow and the jobs that it runs. A list. */
      readonly nodes: readonly (Edition2025Schemas["WorkflowNodeRequest"])[]
      /** True keeps the workflow as a draft, which nothing starts. True or false. */
      readonly isTemp: boolean
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Workflow"]
  }
  /** GET /api/v1/workflows/{workflowId}: Get a workflow. Published as getWorkflowById, page analytics-dataflow-getworkflowbyid. */
  readonly getWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Workflow"]
  }
  /** PUT /api/v1/workflows/{workflowId}: Change a workflow. Published as updateWorkflow, page analytics-dataflow-updateworkflow. */
  readonly updateWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The trigger that starts the workflow and the jobs that it runs. A list. */
      readonly nodes: readonly (Edition2025Schemas["WorkflowNodeRequest"])[]
      /** True keeps the workflow as a draft, which nothing starts. True or false. */
      readonly isTemp?: boolean
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Workflow"]
  }
  /** DELETE /api/v1/workflows/{workflowId}: Delete a workflow. Published as deleteWorkflow, page analytics-dataflow-deleteworkflow. */
  readonly deleteWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Done"]
  }
  /** GET /api/v1/workflows/{workflowId}/executions: List the executions of a workflow. Published as getWorkflowExecutions, page analytics-dataflow-getworkflowexecutions. */
  readonly getWorkflowExecutions: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** Part of the name of the workflow. */
      readonly filter?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionList"]
  }
  /** GET /api/v1/triggers: List triggers. Published as getTriggers, page analytics-dataflow-gettriggers. */
  readonly getTriggers: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Only jobs whose name contains this text, letter case included. Empty: all. */
      readonly name?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["TriggerList"]
  }
  /** POST /api/v1/triggers: Create a trigger. Published as createTrigger, page analytics-dataflow-createtrigger. */
  readonly createTrigger: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** What makes it fire: a schedule, an event, or a person. One of SCHEDULED, NONE. */
      readonly type: "SCHEDULED" | "NONE"
      readonly triggerRule: Edition2025Schemas["TriggerRuleRequest"]
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Trigger"]
  }
  /** GET /api/v1/triggers/{triggerId}: Get a trigger. Published as getTriggerById, page analytics-dataflow-gettriggerbyid. */
  readonly getTrigger: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the trigger. */
      readonly triggerId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Trigger"]
  }
  /** DELETE /api/v1/triggers/{triggerId}: Delete a trigger. Published as deleteTrigger, page analytics-dataflow-deletetrigger. */
  readonly deleteTrigger: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the trigger. */
      readonly triggerId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["Done"]
  }
  /** GET /api/v1/stats/executions: Count executions by how they ended. Published as getExecutionResult, page analytics-dataflow-getexecutionresult. */
  readonly countExecutions: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionCount"]
  }
  /** GET /api/v1/stats/executions-interval: Count executions by day. Published as getExecutionInterval, page analytics-dataflow-getexecutioncount. */
  readonly countExecutionsByDay: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionDays"]
  }
  /** GET /api/v1/stats/executions-times: Count executions by time. Published as getExecutionTimes, page analytics-dataflow-getexecutiontimes. */
  readonly getExecutionTimes: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionTimes"]
  }
  /** GET /api/v1/stats/execution-times: Count executions by time, at the path that was seen to answer. No page documents this path; the real service was observed to serve getExecutionTimes at it. */
  readonly getExecutionTimesLive: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2025Schemas["ExecutionTimes"]
  }
}

/** The named schemas of the edition 2025-03, such as `Edition2025Schemas["Job"]`. */
export interface Edition2025Schemas {
  /** A job as the list shows it. */
  readonly Job: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** How the newest execution stands: READY waits, RUNNING is under way, the others are over. */
    readonly lastExecutionStatus?: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When the job was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When the job was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** When the newest execution was. ISO 8601 in Korean time, to the second. */
    readonly lastExecutionDate?: string
    /** Id of the job as a resource. */
    readonly resourceId: string
    /** True for a job that is listed although the caller may not open it. */
    readonly disabled: boolean
  }
  /** One page of a list. */
  readonly JobList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2025Schemas["Job"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** A column; the properties of a nested type are columns again. */
  readonly JobNodeField: {
    /** A text. */
    readonly name: string
    /** One of Void, Boolean, Tinyint, Smallint, Int, Bigint, Float, Double, String, Char, Varchar, Date, Datetime, Timestamp, Decimal, Binary, TimestampWithTimeZone, Array, Map, Struct, Uniontype in any letter case. */
    readonly type: string
    /** A list. */
    readonly properties?: readonly (Edition2025Schemas["JobNodeField"])[]
  }
  /** A node of the type SOURCE_CATALOG; members beside these are kept. */
  readonly JobNode_SOURCE_CATALOG: {
    /** One of SOURCE_CATALOG. */
    readonly type: "SOURCE_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly database: string
    /** A text. */
    readonly table: string
    /** A text. */
    readonly schemaVersion: string
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_CDB_MYSQL; members beside these are kept. */
  readonly JobNode_SOURCE_CDB_MYSQL: {
    /** One of SOURCE_CDB_MYSQL. */
    readonly type: "SOURCE_CDB_MYSQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_CDB_POSTGRESQL; members beside these are kept. */
  readonly JobNode_SOURCE_CDB_POSTGRESQL: {
    /** One of SOURCE_CDB_POSTGRESQL. */
    readonly type: "SOURCE_CDB_POSTGRESQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_OBS; members beside these are kept. */
  readonly JobNode_SOURCE_OBS: {
    /** One of SOURCE_OBS. */
    readonly type: "SOURCE_OBS"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly regionNo: string
    /** A text. */
    readonly bucketName: string
    /** A text. */
    readonly prefix: string
    /** One of JSON, CSV, PARQUET, NDJSON. */
    readonly dataType: "JSON" | "CSV" | "PARQUET" | "NDJSON"
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DEFINE; members beside these are kept. */
  readonly JobNode_TRANSFORM_DEFINE: {
    /** One of TRANSFORM_DEFINE. */
    readonly type: "TRANSFORM_DEFINE"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly defineFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly newType: string
      /** A text. */
      readonly newName: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SELECT; members beside these are kept. */
  readonly JobNode_TRANSFORM_SELECT: {
    /** One of TRANSFORM_SELECT. */
    readonly type: "TRANSFORM_SELECT"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_JOIN; members beside these are kept. */
  readonly JobNode_TRANSFORM_JOIN: {
    /** One of TRANSFORM_JOIN. */
    readonly type: "TRANSFORM_JOIN"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of INNER, LEFT_OUTER, RIGHT_OUTER, FULL_OUTER. */
    readonly joinType: "INNER" | "LEFT_OUTER" | "RIGHT_OUTER" | "FULL_OUTER"
    /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly leftNodeId: number
    /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly rightNodeId: number
    /** A list. */
    readonly joinConditionList: readonly ({
      /** A text. */
      readonly leftField: string
      /** A text. */
      readonly rightField: string
      /** One of EQ, NE, GT, LT, GTE, LTE. */
      readonly joinOperator: "EQ" | "NE" | "GT" | "LT" | "GTE" | "LTE"
      /** One of HEAD, AND, OR. */
      readonly conditionOperator: "HEAD" | "AND" | "OR"
    })[]
    /** A text. */
    readonly prefix?: string
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_FILTER; members beside these are kept. */
  readonly JobNode_TRANSFORM_FILTER: {
    /** One of TRANSFORM_FILTER. */
    readonly type: "TRANSFORM_FILTER"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of AND, OR. */
    readonly filterType: "AND" | "OR"
    /** A list. */
    readonly filterConditionList: readonly ({
      /** A text. */
      readonly name: string
      /** One of EQ, NE, GT, LT, GTE, LTE. */
      readonly operator: "EQ" | "NE" | "GT" | "LT" | "GTE" | "LTE"
      /** A text. */
      readonly value: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_UNION; members beside these are kept. */
  readonly JobNode_TRANSFORM_UNION: {
    /** One of TRANSFORM_UNION. */
    readonly type: "TRANSFORM_UNION"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of ALL, DISTINCT. */
    readonly unionType: "ALL" | "DISTINCT"
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_AGGREGATE; members beside these are kept. */
  readonly JobNode_TRANSFORM_AGGREGATE: {
    /** One of TRANSFORM_AGGREGATE. */
    readonly type: "TRANSFORM_AGGREGATE"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly groupByList: readonly (string)[]
    /** A list. */
    readonly aggregateFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly ResultName?: string
      /** A text. */
      readonly resultName?: string
      /** One of SUM, AVG, MAX, MIN. */
      readonly function: "SUM" | "AVG" | "MAX" | "MIN"
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_RENAME; members beside these are kept. */
  readonly JobNode_TRANSFORM_RENAME: {
    /** One of TRANSFORM_RENAME. */
    readonly type: "TRANSFORM_RENAME"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly renameFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly newName: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DROP_DUPLICATION; members beside these are kept. */
  readonly JobNode_TRANSFORM_DROP_DUPLICATION: {
    /** One of TRANSFORM_DROP_DUPLICATION. */
    readonly type: "TRANSFORM_DROP_DUPLICATION"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly dropFieldList: readonly (string)[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_FILL_MISSING_VALUES; members beside these are kept. */
  readonly JobNode_TRANSFORM_FILL_MISSING_VALUES: {
    /** One of TRANSFORM_FILL_MISSING_VALUES. */
    readonly type: "TRANSFORM_FILL_MISSING_VALUES"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly missingValueFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly defaultValue: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SQL; members beside these are kept. */
  readonly JobNode_TRANSFORM_SQL: {
    /** One of TRANSFORM_SQL. */
    readonly type: "TRANSFORM_SQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly sourceNameList: readonly ({
      /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
      readonly parentId: number
      /** A text. */
      readonly newName: string
    })[]
    /** A text. */
    readonly sql: string
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CDB_MYSQL; members beside these are kept. */
  readonly JobNode_TARGET_CDB_MYSQL: {
    /** One of TARGET_CDB_MYSQL. */
    readonly type: "TARGET_CDB_MYSQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CDB_POSTGRESQL; members beside these are kept. */
  readonly JobNode_TARGET_CDB_POSTGRESQL: {
    /** One of TARGET_CDB_POSTGRESQL. */
    readonly type: "TARGET_CDB_POSTGRESQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_OBS; members beside these are kept. */
  readonly JobNode_TARGET_OBS: {
    /** One of TARGET_OBS. */
    readonly type: "TARGET_OBS"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly regionNo: string
    /** A text. */
    readonly bucketName: string
    /** A text. */
    readonly prefix: string
    /** One of JSON, CSV, PARQUET. */
    readonly dataType: "JSON" | "CSV" | "PARQUET"
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    /** A whole number from 1 to 2147483647. */
    readonly coalesce?: number
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CATALOG; members beside these are kept. */
  readonly JobNode_TARGET_CATALOG: {
    /** One of TARGET_CATALOG. */
    readonly type: "TARGET_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly database: string
    /** A text. */
    readonly table: string
    /** A text. */
    readonly schemaVersion: string
    /** A list. */
    readonly fieldList: readonly (Edition2025Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    /** A whole number from 1 to 2147483647. */
    readonly coalesce?: number
    readonly [member: string]: unknown
  }
  /** A node of the graph of a job; its type says which members it has. */
  readonly JobNode: Edition2025Schemas["JobNode_SOURCE_CATALOG"] | Edition2025Schemas["JobNode_SOURCE_CDB_MYSQL"] | Edition2025Schemas["JobNode_SOURCE_CDB_POSTGRESQL"] | Edition2025Schemas["JobNode_SOURCE_OBS"] | Edition2025Schemas["JobNode_TRANSFORM_DEFINE"] | Edition2025Schemas["JobNode_TRANSFORM_SELECT"] | Edition2025Schemas["JobNode_TRANSFORM_JOIN"] | Edition2025Schemas["JobNode_TRANSFORM_FILTER"] | Edition2025Schemas["JobNode_TRANSFORM_UNION"] | Edition2025Schemas["JobNode_TRANSFORM_AGGREGATE"] | Edition2025Schemas["JobNode_TRANSFORM_RENAME"] | Edition2025Schemas["JobNode_TRANSFORM_DROP_DUPLICATION"] | Edition2025Schemas["JobNode_TRANSFORM_FILL_MISSING_VALUES"] | Edition2025Schemas["JobNode_TRANSFORM_SQL"] | Edition2025Schemas["JobNode_TARGET_CDB_MYSQL"] | Edition2025Schemas["JobNode_TARGET_CDB_POSTGRESQL"] | Edition2025Schemas["JobNode_TARGET_OBS"] | Edition2025Schemas["JobNode_TARGET_CATALOG"]
  /** Settings of the executions of a job. */
  readonly RunCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
  }
  /** A job. */
  readonly ChangedJob: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** The graph of the job as it was sent; columns have their sub-columns, if only as an empty list. */
    readonly nodes: readonly ({
      readonly [member: string]: unknown
    })[]
    readonly runCondition: Edition2025Schemas["RunCondition"]
    /** When the job was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When the job was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
  }
  /** Always the literal true. */
  readonly Done: boolean
  /** A job. */
  readonly JobDetail: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Kind of the job; there is one. */
    readonly type: "DATAFLOW"
    /** RUNNABLE may be executed, RUNNING is being executed, DRAFT is not finished, EDITING is being changed and not yet checked, STOPPED was halted or is about to be, DELETED is gone or about to go, UNKNOWN is none of these. */
    readonly status: "RUNNABLE" | "RUNNING" | "DELETED" | "UNKNOWN" | "DRAFT" | "STOPPED" | "EDITING"
    /** How the newest execution stands: READY waits, RUNNING is under way, the others are over. */
    readonly lastExecutionStatus?: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** The graph of the job as it was sent; columns have their sub-columns, if only as an empty list. */
    readonly nodes: readonly ({
      readonly [member: string]: unknown
    })[]
    readonly runCondition: Edition2025Schemas["RunCondition"]
    /** When the job was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When the job was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** When the newest execution was. ISO 8601 in Korean time, to the second. */
    readonly lastExecutionDate?: string
  }
  /** A node of a draft; members beside these are kept unchecked. */
  readonly DraftJobNode: {
    /** One of SOURCE_CATALOG, SOURCE_CDB_MYSQL, SOURCE_CDB_POSTGRESQL, SOURCE_OBS, TRANSFORM_DEFINE, TRANSFORM_SELECT, TRANSFORM_JOIN, TRANSFORM_FILTER, TRANSFORM_UNION, TRANSFORM_AGGREGATE, TRANSFORM_RENAME, TRANSFORM_DROP_DUPLICATION, TRANSFORM_FILL_MISSING_VALUES, TRANSFORM_SQL, TARGET_CDB_MYSQL, TARGET_CDB_POSTGRESQL, TARGET_OBS, TARGET_CATALOG. */
    readonly type: "SOURCE_CATALOG" | "SOURCE_CDB_MYSQL" | "SOURCE_CDB_POSTGRESQL" | "SOURCE_OBS" | "TRANSFORM_DEFINE" | "TRANSFORM_SELECT" | "TRANSFORM_JOIN" | "TRANSFORM_FILTER" | "TRANSFORM_UNION" | "TRANSFORM_AGGREGATE" | "TRANSFORM_RENAME" | "TRANSFORM_DROP_DUPLICATION" | "TRANSFORM_FILL_MISSING_VALUES" | "TRANSFORM_SQL" | "TARGET_CDB_MYSQL" | "TARGET_CDB_POSTGRESQL" | "TARGET_OBS" | "TARGET_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
  }
  /** Settings of an execution. */
  readonly ExecutionCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
  }
  /** An execution of a job. */
  readonly Execution: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    readonly jobCondition: Edition2025Schemas["ExecutionCondition"]
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When it started. ISO 8601 in Korean time, to the second. */
    readonly startDate?: string
    /** When it ended. ISO 8601 in Korean time, to the second. */
    readonly endDate?: string
    /** When it was asked for. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** Id of the trigger that made it. */
    readonly triggerId?: string
    /** Name of the trigger that made it. */
    readonly triggerName?: string
    /** Its name when the execution was made. */
    readonly jobName: string
    /** Whole minutes it waited, known once it has started. */
    readonly waitingTime?: number
    /** Number of workers. */
    readonly executorNum: number
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** Whether it was asked for by itself or made by a workflow. */
    readonly type: "JOB" | "WORKFLOW"
  }
  /** One page of a list. */
  readonly ExecutionList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2025Schemas["Execution"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** Settings of the executions of a job. */
  readonly JobCondition: {
    /** Kind of the workers. One of DEFAULT, DATAFLOW. */
    readonly workerType?: "DEFAULT" | "DATAFLOW"
    /** How many workers share an execution; 2 when left out. A whole number from 2 to 10. */
    readonly numWorker?: number
    /** After how many minutes an execution is given up; 360 when left out. A whole number from 0 to 1440. */
    readonly timeout?: number
    /** Resource name of the role that runs have. A text that is not empty. */
    readonly nrn: string
    /** Where scripts are kept in Object Storage. A text that is not empty. */
    readonly scriptPath: string
    /** Where the history of executions is kept in Object Storage. A text that is not empty. */
    readonly logPath: string
  }
  /** An execution of a job. */
  readonly StartedExecution: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    readonly jobCondition: Edition2025Schemas["ExecutionCondition"]
    /** When it was asked for. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it started. ISO 8601 in Korean time, to the second. */
    readonly startDate?: string
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** Whether it was asked for by itself or made by a workflow. */
    readonly type: "JOB" | "WORKFLOW"
  }
  /** Settings of an execution, and where its log is. */
  readonly LoggedCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
    /** Where the log is in the console. */
    readonly consoleLogPath?: string
  }
  /** An execution of a job. */
  readonly ExecutionDetail: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    readonly jobCondition: Edition2025Schemas["LoggedCondition"]
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When it started. ISO 8601 in Korean time, to the second. */
    readonly startDate?: string
    /** When it ended. ISO 8601 in Korean time, to the second. */
    readonly endDate?: string
    /** When it was asked for. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** Id of the trigger that made it. */
    readonly triggerId?: string
    /** Name of the trigger that made it. */
    readonly triggerName?: string
    /** Its name when the execution was made. */
    readonly jobName: string
    /** Whole minutes it waited, known once it has started. */
    readonly waitingTime?: number
    /** Number of workers. */
    readonly executorNum: number
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** Whether it was asked for by itself or made by a workflow. */
    readonly type: "JOB" | "WORKFLOW"
  }
  /** Settings of the executions of a job node. */
  readonly NodeCondition: {
    /** Kind of the workers. */
    readonly workerType: "DEFAULT" | "DATAFLOW"
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
  }
  /** A trigger or a job of a workflow. */
  readonly WorkflowNode: {
    /** Id of the trigger or the job. */
    readonly id: string
    /** Name of the trigger or the job. */
    readonly name: string
    /** Whether it is a trigger or a job. */
    readonly type: "TRIGGER" | "JOB"
    /** Ids of the nodes that come before it. */
    readonly parentNodeIds: readonly (string)[]
    /** Rule of the trigger of a trigger node. */
    readonly triggerRule?: string
    readonly jobCondition?: Edition2025Schemas["NodeCondition"]
    /** False once the trigger or job was deleted. */
    readonly isValid: boolean
  }
  /** A workflow. */
  readonly ListedWorkflow: {
    /** Id of the workflow: twelve letters and digits. */
    readonly workflowId: string
    /** Name of the workflow. */
    readonly name: string
    /** When the workflow was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** When it last started; left out for one that never did. ISO 8601 in Korean time, to the second. */
    readonly lastExecutionDate?: string
    /** True for a draft. */
    readonly isTemp: boolean
    /** Rule of the trigger that starts it. */
    readonly triggerRuleType: "RECURRING" | "ONE_TIME" | "NONE"
    /** Its trigger and its jobs. */
    readonly nodes: readonly (Edition2025Schemas["WorkflowNode"])[]
    /** Id of the workflow as a resource. */
    readonly resourceId: string
    /** True for a workflow that is listed although the caller may not open it. */
    readonly disabled: boolean
  }
  /** One page of a list. */
  readonly WorkflowList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2025Schemas["ListedWorkflow"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** A trigger or a job that the workflow is to have. */
  readonly WorkflowNodeRequest: {
    /** Id of the trigger or job. A text that is not empty. */
    readonly id: string
    /** What the node is called in the workflow. A text that is not empty. */
    readonly name: string
    /** What the node is. One of TRIGGER, JOB. */
    readonly type: "TRIGGER" | "JOB"
    /** Ids of the nodes that come before: a job starts when all of them are done. Empty for a trigger. A list. */
    readonly parentNodeIds: readonly (string)[]
    /** How the trigger repeats; the rule of the trigger itself holds. One of RECURRING, ONE_TIME, NONE. */
    readonly triggerRule?: "RECURRING" | "ONE_TIME" | "NONE"
    readonly jobCondition?: Edition2025Schemas["JobCondition"]
  }
  /** A workflow. */
  readonly Workflow: {
    /** Id of the workflow: twelve letters and digits. */
    readonly workflowId: string
    /** Name of the workflow. */
    readonly name: string
    /** Its trigger and its jobs. */
    readonly nodes: readonly (Edition2025Schemas["WorkflowNode"])[]
    /** When the workflow was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** True for a draft. */
    readonly isTemp: boolean
  }
  /** When a trigger fires. */
  readonly TriggerRule: {
    /** Recurring, once, or not at all. */
    readonly type: "RECURRING" | "ONE_TIME" | "NONE"
    /** How often a recurring trigger fires. */
    readonly interval?: "HOUR" | "DAY" | "WEEK" | "MONTH"
    /** The minute of an hourly trigger, the time of day of another one. */
    readonly time?: string
    /** Days of a weekly trigger. */
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]
    /** Day of a monthly trigger; -1 is the last one. */
    readonly dateOfMonth?: string
    /** When a trigger that fires once does so. ISO 8601 in Korean time, to the second. */
    readonly executionDate?: string
  }
  /** A trigger. */
  readonly Trigger: {
    /** Id of the trigger: twelve letters and digits. */
    readonly triggerId: string
    /** Name of the trigger. */
    readonly name: string
    /** What fires it: a schedule, an event, or a person. */
    readonly type: "SCHEDULED" | "EVENT" | "NONE"
    readonly triggerRule: Edition2025Schemas["TriggerRule"]
    /** When the trigger was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
  }
  /** One page of a list. */
  readonly TriggerList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2025Schemas["Trigger"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** When the trigger is to fire; its type and interval say which members it needs. */
  readonly TriggerRuleRequest: {
    /** Whether it fires again and again, once, or never by itself. One of RECURRING, ONE_TIME, NONE. */
    readonly type: "RECURRING" | "ONE_TIME" | "NONE"
    /** How often a RECURRING one fires. One of HOUR, DAY, WEEK, MONTH. */
    readonly interval?: "HOUR" | "DAY" | "WEEK" | "MONTH"
    /** When a RECURRING one fires, in Korean time: the minute as two digits for HOUR, else a time of day such as 10:00. A text. */
    readonly time?: string
    /** The days of an interval of WEEK, at least one. A list. */
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]
    /** The day of an interval of MONTH. A day of the month as text, 1 to 31, or -1 for the last one. */
    readonly dateOfMonth?: string
    /** When a ONE_TIME one fires. A date and time in ISO 8601; Korean time where it has no offset. */
    readonly executionDate?: string
  }
  /** How many executions there were, and how they ended. */
  readonly ExecutionCount: {
    /** Executions asked for in the period. */
    readonly totalCount: number
    /** Those that completed. */
    readonly completedCount: number
    /** Those that failed. */
    readonly failedCount: number
  }
  /** A day of the period. */
  readonly ExecutionDay: {
    /** Executions asked for on this day. */
    readonly totalCount: number
    /** Start of the day, Korean time. */
    readonly startDate: string
    /** End of the day, Korean time. */
    readonly endDate: string
  }
  /** A statistic. */
  readonly ExecutionDays: {
    /** In order of time. */
    readonly result: readonly (Edition2025Schemas["ExecutionDay"])[]
  }
  /** Two hours of the period. */
  readonly ExecutionTime: {
    /** Start of two hours, epoch milliseconds. */
    readonly time: number
    /** Executions asked for in them. */
    readonly value: number
  }
  /** A statistic. */
  readonly ExecutionTimes: {
    /** In order of time. */
    readonly result: readonly (Edition2025Schemas["ExecutionTime"])[]
  }
  /** The response of the gateway to a request that it does not pass on to the service. */
  readonly GatewayError: {
    /** Its presence marks an error of the gateway. */
    readonly error: {
      /** Number of the error in the general table of the gateway, as text. */
      readonly errorCode: string
      /** Name of the error in that table. */
      readonly message: string
      /** What was wrong, as far as the gateway tells. */
      readonly details: string
    }
  }
  /** The response of the service to a request that it rejects. */
  readonly ServiceError: {
    /** Its presence marks an error. */
    readonly error: {
      /** The HTTP status as text, or the word of the error: an assumption. */
      readonly errorCode: string
      /** The word of the error, such as bad-parameter. */
      readonly message: string
      /** What was wrong; names the parameter. */
      readonly details: string
    }
  }
}

/**
 * Requests and responses of every operation of the edition 2026-09, by the name of the operation, such as
 * `Edition2026["getJobs"]["response"]`. They are those of the default assumptions.
 */
export interface Edition2026 {
  /** GET /api/v1/jobs: List jobs. Published as getJobs, page analytics-dataflow-getjobs. */
  readonly getJobs: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Only jobs whose name contains this text, letter case included. Empty: all. */
      readonly name?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["JobList"]
  }
  /** POST /api/v1/jobs: Create a job. Published as createJob, page analytics-dataflow-createjob. */
  readonly createJob: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes?: readonly (Edition2026Schemas["JobNode"])[]
      /** Drawn from nodes, or a script of one’s own. One of VISUAL, SCRIPT. */
      readonly type: "VISUAL" | "SCRIPT"
      /** How many executions may be under way at once; 1 in a new job. A whole number from 1 to 2147483647. */
      readonly maxConcurrentRuns?: number
      readonly jobCondition?: Edition2026Schemas["JobCondition"]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["JobDetail"]
  }
  /** POST /api/v1/jobs/verify: Check the body of a job without keeping it. Published as verifyJob, page analytics-dataflow-verifyjob. */
  readonly verifyJob: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes: readonly (Edition2026Schemas["JobNode"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Done"]
  }
  /** GET /api/v1/jobs/{jobId}: Get a job. Published as getJob, page analytics-dataflow-getjobbyid. */
  readonly getJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["JobDetail"]
  }
  /** PATCH /api/v1/jobs/{jobId}: Change a job. Published as updateJob, page analytics-dataflow-updatejob. */
  readonly updateJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name?: string
      /** Drawn from nodes, or a script of one’s own. One of VISUAL, SCRIPT. */
      readonly type: "VISUAL" | "SCRIPT"
      /** The graph: what is read, how it is changed, where it is written, each node naming those it waits for. A list. */
      readonly nodes?: readonly (Edition2026Schemas["JobNode"])[]
      /** How many executions may be under way at once; 1 in a new job. A whole number from 1 to 2147483647. */
      readonly maxConcurrentRuns?: number
      readonly jobCondition?: Edition2026Schemas["JobCondition"]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["JobDetail"]
  }
  /** DELETE /api/v1/jobs/{jobId}: Delete a job. Published as deleteJob, page analytics-dataflow-deletejob. */
  readonly deleteJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Done"]
  }
  /** GET /api/v1/jobs/{jobId}/executions: List the executions of a job. Published as getJobExecutions, page analytics-dataflow-getjobexecutions. */
  readonly getJobExecutions: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionList"]
  }
  /** POST /api/v1/jobs/{jobId}/executions: Run a job. Published as createJobExecution, page analytics-dataflow-executejob. */
  readonly runJob: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** The trigger that the execution is to name. */
      readonly triggerId?: string
      /** The workflow among whose executions it is to be. */
      readonly workflowId?: string
    }
    /** The request body. */
    readonly body?: {
      readonly jobCondition?: Edition2026Schemas["JobCondition"]
      /** What this execution is started with; values of any kind by their names. An object. */
      readonly parameters?: {
        readonly [member: string]: unknown
      }
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["StartedExecution"]
  }
  /** PUT /api/v1/jobs/{jobId}/executions: Change the execution settings of a job. Published as updateJobExecutionConfig, page analytics-dataflow-updatejobexecuteconfig. */
  readonly setJobCondition: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      readonly jobCondition: Edition2026Schemas["JobCondition"]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["JobDetail"]
  }
  /** GET /api/v1/jobs/{jobId}/executions/{executionId}: Get an execution of a job. Published as getJobExecution, page analytics-dataflow-getjobexecutionbyid. */
  readonly getJobExecution: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the job. */
      readonly jobId: string
      /** Id of the execution: jobExecutionId of the reply that made it. */
      readonly executionId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionDetail"]
  }
  /** GET /api/v1/workflows: List workflows. Published as getWorkflows, page analytics-dataflow-getworkflows. */
  readonly getWorkflows: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["WorkflowList"]
  }
  /** POST /api/v1/workflows: Create a workflow. Published as createWorkflow, page analytics-dataflow-createworkflow. */
  readonly createWorkflow: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** A list. */
      readonly nodes: readonly (Edition2026Schemas["WorkflowNodeRequest"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Workflow"]
  }
  /** GET /api/v1/workflows/{workflowId}: Get a workflow. Published as getWorkflow, page analytics-dataflow-getworkflowbyid. */
  readonly getWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Workflow"]
  }
  /** PUT /api/v1/workflows/{workflowId}: Change a workflow. Published as updateWorkflow, page analytics-dataflow-updateworkflow. */
  readonly updateWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** A list. */
      readonly nodes: readonly (Edition2026Schemas["WorkflowNodeRequest"])[]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Workflow"]
  }
  /** DELETE /api/v1/workflows/{workflowId}: Delete a workflow. Published as deleteWorkflow, page analytics-dataflow-deleteworkflow. */
  readonly deleteWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Done"]
  }
  /** GET /api/v1/workflows/{workflowId}/executions: List the executions of a workflow. Published as getWorkflowExecutions, page analytics-dataflow-getworkflowexecutions. */
  readonly getWorkflowExecutions: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: {
      /** Part of the name of the workflow. */
      readonly filter?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionList"]
  }
  /** POST /api/v1/workflows/{workflowId}/executions: Run a workflow. Published as executeWorkflow, page executeworkflow. */
  readonly runWorkflow: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the workflow. */
      readonly workflowId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["StartedWorkflow"]
  }
  /** GET /api/v1/triggers: List triggers. Published as getTriggers, page analytics-dataflow-gettriggers. */
  readonly getTriggers: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Only jobs whose name contains this text, letter case included. Empty: all. */
      readonly name?: string
      /** Page, counted from 0. */
      readonly page?: number
      /** How many elements a page holds, at most. What 0 means is an assumption. */
      readonly limit?: number
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["TriggerList"]
  }
  /** POST /api/v1/triggers: Create a trigger. Published as createTrigger, page analytics-dataflow-createtrigger. */
  readonly createTrigger: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The request body. */
    readonly body: {
      /** A text of 3 to 100 letters, digits, _ and -, the first a letter or _. */
      readonly name: string
      /** What makes it fire: a schedule, an event, or a person. One of SCHEDULED, NONE. */
      readonly type: "SCHEDULED" | "NONE"
      readonly triggerRule: Edition2026Schemas["TriggerRuleRequest"]
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Trigger"]
  }
  /** GET /api/v1/triggers/{triggerId}: Get a trigger. Published as getTrigger, page analytics-dataflow-gettriggerbyid. */
  readonly getTrigger: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the trigger. */
      readonly triggerId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Trigger"]
  }
  /** DELETE /api/v1/triggers/{triggerId}: Delete a trigger. Published as deleteTrigger, page analytics-dataflow-deletetrigger. */
  readonly deleteTrigger: {
    /** Parameters of the path. */
    readonly path: {
      /** Id of the trigger. */
      readonly triggerId: string
    }
    /** Parameters of the query. */
    readonly query: Readonly<Record<string, never>>
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["Done"]
  }
  /** GET /api/v1/stats/executions: Count executions by how they ended. Published as getExecutionCount, page analytics-dataflow-getexecutionresult. */
  readonly countExecutions: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionCount"]
  }
  /** GET /api/v1/stats/executions-interval: Count executions by day. Published as getExecutionCountByInterval, page analytics-dataflow-getexecutioncount. */
  readonly countExecutionsByDay: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionDays"]
  }
  /** GET /api/v1/stats/executions-times: Count executions by time. Published as getExecutionTimes, page analytics-dataflow-getexecutiontimes. */
  readonly getExecutionTimes: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionTimes"]
  }
  /** GET /api/v1/stats/execution-times: Count executions by time, at the path that was seen to answer. No page documents this path; the real service was observed to serve getExecutionTimes at it. */
  readonly getExecutionTimesLive: {
    /** Parameters of the path. */
    readonly path: Readonly<Record<string, never>>
    /** Parameters of the query. */
    readonly query: {
      /** Start of the period, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly startDate: string
      /** End of the period, its last second included, YYYY-MM-DDTHH:mm:ss in Korean time */
      readonly endDate: string
    }
    /** The body of a successful response. */
    readonly response: Edition2026Schemas["ExecutionTimes"]
  }
}

/** The named schemas of the edition 2026-09, such as `Edition2026Schemas["Job"]`. */
export interface Edition2026Schemas {
  /** A job as the list shows it. */
  readonly Job: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Drawn from nodes in the editor, or a script of your own. */
    readonly type: "VISUAL" | "SCRIPT"
    /** The job may be executed. */
    readonly status: "READY"
    /** How many executions of the job may be under way at the same time. */
    readonly maxConcurrentRuns: number
    /** How the newest execution stands: READY waits, RUNNING is under way, the others are over. */
    readonly lastExecutionStatus?: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When the job was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When the job was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** When the newest execution was. ISO 8601 in Korean time, to the second. */
    readonly lastExecutionDate?: string
    /** Id of the job as a resource. */
    readonly resourceId: string
    /** True for a job that is listed although the caller may not open it. */
    readonly disabled: boolean
  }
  /** One page of a list. */
  readonly JobList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2026Schemas["Job"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** A column; the properties of a nested type are columns again. */
  readonly JobNodeField: {
    /** A text. */
    readonly name: string
    /** One of Void, Boolean, Tinyint, Smallint, Int, Bigint, Float, Double, String, Char, Varchar, Date, Datetime, Timestamp, Decimal, Binary, TimestampWithTimeZone, Array, Map, Struct, Uniontype in any letter case. */
    readonly type: string
    /** A list. */
    readonly properties?: readonly (Edition2026Schemas["JobNodeField"])[]
  }
  /** A node of the type SOURCE_CATALOG; members beside these are kept. */
  readonly JobNode_SOURCE_CATALOG: {
    /** One of SOURCE_CATALOG. */
    readonly type: "SOURCE_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly database: string
    /** A text. */
    readonly table: string
    /** A text. */
    readonly schemaVersion: string
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_CDB_MYSQL; members beside these are kept. */
  readonly JobNode_SOURCE_CDB_MYSQL: {
    /** One of SOURCE_CDB_MYSQL. */
    readonly type: "SOURCE_CDB_MYSQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_CDB_POSTGRESQL; members beside these are kept. */
  readonly JobNode_SOURCE_CDB_POSTGRESQL: {
    /** One of SOURCE_CDB_POSTGRESQL. */
    readonly type: "SOURCE_CDB_POSTGRESQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type SOURCE_OBS; members beside these are kept. */
  readonly JobNode_SOURCE_OBS: {
    /** One of SOURCE_OBS. */
    readonly type: "SOURCE_OBS"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly regionNo: string
    /** A text. */
    readonly bucketName: string
    /** A text. */
    readonly prefix: string
    /** One of JSON, CSV, PARQUET, NDJSON. */
    readonly dataType: "JSON" | "CSV" | "PARQUET" | "NDJSON"
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DEFINE; members beside these are kept. */
  readonly JobNode_TRANSFORM_DEFINE: {
    /** One of TRANSFORM_DEFINE. */
    readonly type: "TRANSFORM_DEFINE"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly defineFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly newType: string
      /** A text. */
      readonly newName: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SELECT; members beside these are kept. */
  readonly JobNode_TRANSFORM_SELECT: {
    /** One of TRANSFORM_SELECT. */
    readonly type: "TRANSFORM_SELECT"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_JOIN; members beside these are kept. */
  readonly JobNode_TRANSFORM_JOIN: {
    /** One of TRANSFORM_JOIN. */
    readonly type: "TRANSFORM_JOIN"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of INNER, LEFT_OUTER, RIGHT_OUTER, FULL_OUTER. */
    readonly joinType: "INNER" | "LEFT_OUTER" | "RIGHT_OUTER" | "FULL_OUTER"
    /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly leftNodeId: number
    /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly rightNodeId: number
    /** A list. */
    readonly joinConditionList: readonly ({
      /** A text. */
      readonly leftField: string
      /** A text. */
      readonly rightField: string
      /** One of EQ, NE, GT, LT, GTE, LTE. */
      readonly joinOperator: "EQ" | "NE" | "GT" | "LT" | "GTE" | "LTE"
      /** One of HEAD, AND, OR. */
      readonly conditionOperator: "HEAD" | "AND" | "OR"
    })[]
    /** A text. */
    readonly prefix?: string
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_FILTER; members beside these are kept. */
  readonly JobNode_TRANSFORM_FILTER: {
    /** One of TRANSFORM_FILTER. */
    readonly type: "TRANSFORM_FILTER"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of AND, OR. */
    readonly filterType: "AND" | "OR"
    /** A list. */
    readonly filterConditionList: readonly ({
      /** A text. */
      readonly name: string
      /** One of EQ, NE, GT, LT, GTE, LTE. */
      readonly operator: "EQ" | "NE" | "GT" | "LT" | "GTE" | "LTE"
      /** A text. */
      readonly value: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_UNION; members beside these are kept. */
  readonly JobNode_TRANSFORM_UNION: {
    /** One of TRANSFORM_UNION. */
    readonly type: "TRANSFORM_UNION"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** One of ALL, DISTINCT. */
    readonly unionType: "ALL" | "DISTINCT"
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_AGGREGATE; members beside these are kept. */
  readonly JobNode_TRANSFORM_AGGREGATE: {
    /** One of TRANSFORM_AGGREGATE. */
    readonly type: "TRANSFORM_AGGREGATE"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly groupByList: readonly (string)[]
    /** A list. */
    readonly aggregateFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly ResultName?: string
      /** A text. */
      readonly resultName?: string
      /** One of SUM, AVG, MAX, MIN. */
      readonly function: "SUM" | "AVG" | "MAX" | "MIN"
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_RENAME; members beside these are kept. */
  readonly JobNode_TRANSFORM_RENAME: {
    /** One of TRANSFORM_RENAME. */
    readonly type: "TRANSFORM_RENAME"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly renameFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly newName: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_DROP_DUPLICATION; members beside these are kept. */
  readonly JobNode_TRANSFORM_DROP_DUPLICATION: {
    /** One of TRANSFORM_DROP_DUPLICATION. */
    readonly type: "TRANSFORM_DROP_DUPLICATION"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly dropFieldList: readonly (string)[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_FILL_MISSING_VALUES; members beside these are kept. */
  readonly JobNode_TRANSFORM_FILL_MISSING_VALUES: {
    /** One of TRANSFORM_FILL_MISSING_VALUES. */
    readonly type: "TRANSFORM_FILL_MISSING_VALUES"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly missingValueFieldList: readonly ({
      /** A text. */
      readonly name: string
      /** A text. */
      readonly defaultValue: string
    })[]
    readonly [member: string]: unknown
  }
  /** A node of the type TRANSFORM_SQL; members beside these are kept. */
  readonly JobNode_TRANSFORM_SQL: {
    /** One of TRANSFORM_SQL. */
    readonly type: "TRANSFORM_SQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A list. */
    readonly sourceNameList: readonly ({
      /** A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
      readonly parentId: number
      /** A text. */
      readonly newName: string
    })[]
    /** A text. */
    readonly sql: string
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CDB_MYSQL; members beside these are kept. */
  readonly JobNode_TARGET_CDB_MYSQL: {
    /** One of TARGET_CDB_MYSQL. */
    readonly type: "TARGET_CDB_MYSQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CDB_POSTGRESQL; members beside these are kept. */
  readonly JobNode_TARGET_CDB_POSTGRESQL: {
    /** One of TARGET_CDB_POSTGRESQL. */
    readonly type: "TARGET_CDB_POSTGRESQL"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly connectionId: string
    /** A text. */
    readonly table: string
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_OBS; members beside these are kept. */
  readonly JobNode_TARGET_OBS: {
    /** One of TARGET_OBS. */
    readonly type: "TARGET_OBS"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly regionNo: string
    /** A text. */
    readonly bucketName: string
    /** A text. */
    readonly prefix: string
    /** One of JSON, CSV, PARQUET. */
    readonly dataType: "JSON" | "CSV" | "PARQUET"
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    /** A whole number from 1 to 2147483647. */
    readonly coalesce?: number
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    readonly [member: string]: unknown
  }
  /** A node of the type TARGET_CATALOG; members beside these are kept. */
  readonly JobNode_TARGET_CATALOG: {
    /** One of TARGET_CATALOG. */
    readonly type: "TARGET_CATALOG"
    /** Number of the node in this graph, its own. A whole number of 64 bits (-9223372036854775808 to 9223372036854775807) in plain digits. */
    readonly id: number
    /** What the node is called. A text that is not empty. */
    readonly name: string
    /** Numbers of the nodes whose rows it takes; empty for a source. A list. */
    readonly parentNodeIds: readonly (number)[]
    /** A text. */
    readonly database: string
    /** A text. */
    readonly table: string
    /** A text. */
    readonly schemaVersion: string
    /** A list. */
    readonly fieldList: readonly (Edition2026Schemas["JobNodeField"])[]
    /** One of OVERWRITE, APPEND, IGNORE. */
    readonly updateType?: "OVERWRITE" | "APPEND" | "IGNORE"
    /** A whole number from 1 to 2147483647. */
    readonly coalesce?: number
    readonly [member: string]: unknown
  }
  /** A node of the graph of a job; its type says which members it has. */
  readonly JobNode: Edition2026Schemas["JobNode_SOURCE_CATALOG"] | Edition2026Schemas["JobNode_SOURCE_CDB_MYSQL"] | Edition2026Schemas["JobNode_SOURCE_CDB_POSTGRESQL"] | Edition2026Schemas["JobNode_SOURCE_OBS"] | Edition2026Schemas["JobNode_TRANSFORM_DEFINE"] | Edition2026Schemas["JobNode_TRANSFORM_SELECT"] | Edition2026Schemas["JobNode_TRANSFORM_JOIN"] | Edition2026Schemas["JobNode_TRANSFORM_FILTER"] | Edition2026Schemas["JobNode_TRANSFORM_UNION"] | Edition2026Schemas["JobNode_TRANSFORM_AGGREGATE"] | Edition2026Schemas["JobNode_TRANSFORM_RENAME"] | Edition2026Schemas["JobNode_TRANSFORM_DROP_DUPLICATION"] | Edition2026Schemas["JobNode_TRANSFORM_FILL_MISSING_VALUES"] | Edition2026Schemas["JobNode_TRANSFORM_SQL"] | Edition2026Schemas["JobNode_TARGET_CDB_MYSQL"] | Edition2026Schemas["JobNode_TARGET_CDB_POSTGRESQL"] | Edition2026Schemas["JobNode_TARGET_OBS"] | Edition2026Schemas["JobNode_TARGET_CATALOG"]
  /** Settings of the executions of a job. */
  readonly JobCondition: {
    /** How many workers share an execution; 2 in a new job. A whole number from 2 to 10. */
    readonly numWorker?: number
    /** After how many minutes an execution is given up; 360 in a new job. A whole number from 1 to 1440. */
    readonly timeout?: number
    /** Resource name of the role that runs have. A text that is not empty. */
    readonly nrn?: string
    /** Where scripts are kept in Object Storage. A text that is not empty. */
    readonly scriptPath?: string
    /** Where the history of executions is kept in Object Storage. A text that is not empty. */
    readonly logPath?: string
    /** What a script is started with, texts by their names. An object. */
    readonly parameters?: {
      readonly [member: string]: string
    }
  }
  /** Settings of the executions of a job. */
  readonly RunCondition: {
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
    /** What a script is started with. */
    readonly parameters?: {
      readonly [member: string]: string
    }
  }
  /** A job. */
  readonly JobDetail: {
    /** Id of the job: twelve letters and digits. */
    readonly jobId: string
    /** Name of the job. */
    readonly name: string
    /** Drawn from nodes in the editor, or a script of your own. */
    readonly type: "VISUAL" | "SCRIPT"
    /** The job may be executed. */
    readonly status: "READY"
    /** How many executions of the job may be under way at the same time. */
    readonly maxConcurrentRuns: number
    /** How the newest execution stands: READY waits, RUNNING is under way, the others are over. */
    readonly lastExecutionStatus?: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** The graph of the job as it was sent; columns have their sub-columns, if only as an empty list. */
    readonly nodes: readonly ({
      readonly [member: string]: unknown
    })[]
    readonly jobCondition: Edition2026Schemas["RunCondition"]
    /** When the job was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When the job was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** When the newest execution was. ISO 8601 in Korean time, to the second. */
    readonly lastExecutionDate?: string
  }
  /** Always the literal true. */
  readonly Done: boolean
  /** Settings of an execution. */
  readonly ExecutionCondition: {
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
    /** What a script is started with. */
    readonly parameters?: {
      readonly [member: string]: string
    }
  }
  /** An execution of a job. */
  readonly Execution: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    readonly jobCondition: Edition2026Schemas["ExecutionCondition"]
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When it started. ISO 8601 in Korean time, to the second. */
    readonly startDate?: string
    /** When it ended. ISO 8601 in Korean time, to the second. */
    readonly endDate?: string
    /** When it was asked for. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** Id of the trigger that made it. */
    readonly triggerId?: string
    /** Name of the trigger that made it. */
    readonly triggerName?: string
    /** Its name when the execution was made. */
    readonly jobName: string
    /** Whole minutes it waited, known once it has started. */
    readonly waitingTime?: number
    /** Number of workers. */
    readonly executorNum: number
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** Whether it was asked for by itself or made by a workflow. */
    readonly type: "JOB" | "WORKFLOW"
  }
  /** One page of a list. */
  readonly ExecutionList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2026Schemas["Execution"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** An execution of a job. */
  readonly StartedExecution: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    readonly jobCondition: Edition2026Schemas["ExecutionCondition"]
    /** When it was asked for. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it started. ISO 8601 in Korean time, to the second. */
    readonly startDate?: string
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** Whether it was asked for by itself or made by a workflow. */
    readonly type: "JOB" | "WORKFLOW"
  }
  /** Settings of an execution, and where its log is. */
  readonly LoggedCondition: {
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker: number
    /** How long an execution may take, in minutes. */
    readonly timeout: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
    /** What a script is started with. */
    readonly parameters?: {
      readonly [member: string]: string
    }
    /** Where the log is in the console. */
    readonly consoleLogPath?: string
  }
  /** An execution of a job. */
  readonly ExecutionDetail: {
    /** Id of the execution: twelve letters and digits. */
    readonly jobExecutionId: string
    /** Id of the job that runs. */
    readonly jobId: string
    readonly jobCondition: Edition2026Schemas["LoggedCondition"]
    /** READY waits, RUNNING is under way, the others are over. */
    readonly status: "READY" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED"
    /** When it started. ISO 8601 in Korean time, to the second. */
    readonly startDate?: string
    /** When it ended. ISO 8601 in Korean time, to the second. */
    readonly endDate?: string
    /** When it was asked for. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** Id of the trigger that made it. */
    readonly triggerId?: string
    /** Name of the trigger that made it. */
    readonly triggerName?: string
    /** Its name when the execution was made. */
    readonly jobName: string
    /** Whole minutes it waited, known once it has started. */
    readonly waitingTime?: number
    /** Number of workers. */
    readonly executorNum: number
    /** Whole minutes it ran, known once it has ended. */
    readonly runningTime?: number
    /** The parameters it runs with: those of its settings, and over them those of the request. */
    readonly parsedParameters: {
      readonly [member: string]: unknown
    }
    /** Whether it was asked for by itself or made by a workflow. */
    readonly type: "JOB" | "WORKFLOW"
  }
  /** Settings of the executions of a job node. */
  readonly NodeCondition: {
    /** Number of workers. A whole number from 2 to 10. */
    readonly numWorker?: number
    /** How long an execution may take, in minutes. */
    readonly timeout?: number
    /** Resource name of the role that runs have. */
    readonly nrn?: string
    /** Where scripts are kept. */
    readonly scriptPath?: string
    /** Where the history of executions is kept. */
    readonly logPath?: string
    /** What a script is started with. */
    readonly parameters?: {
      readonly [member: string]: string
    }
  }
  /** A trigger or a job of a workflow. */
  readonly WorkflowNode: {
    /** Id of the trigger or the job. */
    readonly id: string
    /** Name of the trigger or the job. */
    readonly name: string
    /** Whether it is a trigger or a job. */
    readonly type: "TRIGGER" | "JOB"
    /** Ids of the nodes that come before it. */
    readonly parentNodeIds: readonly (string)[]
    /** Rule of the trigger of a trigger node. */
    readonly triggerRule?: string
    readonly jobCondition?: Edition2026Schemas["NodeCondition"]
    /** False once the trigger or job was deleted. */
    readonly isValid: boolean
  }
  /** A workflow. */
  readonly ListedWorkflow: {
    /** Id of the workflow: twelve letters and digits. */
    readonly workflowId: string
    /** Name of the workflow. */
    readonly name: string
    /** When the workflow was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
    /** When it last started; left out for one that never did. ISO 8601 in Korean time, to the second. */
    readonly lastExecutionDate?: string
    /** Rule of the trigger that starts it. */
    readonly triggerRuleType: "RECURRING" | "ONE_TIME" | "NONE"
    /** Its trigger and its jobs. */
    readonly nodes: readonly (Edition2026Schemas["WorkflowNode"])[]
    /** Id of the workflow as a resource. */
    readonly resourceId: string
    /** True for a workflow that is listed although the caller may not open it. */
    readonly disabled: boolean
  }
  /** One page of a list. */
  readonly WorkflowList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2026Schemas["ListedWorkflow"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** A trigger or a job that the workflow is to have. */
  readonly WorkflowNodeRequest: {
    /** Id of the trigger or job. A text that is not empty. */
    readonly id: string
    /** What the node is called in the workflow. A text that is not empty. */
    readonly name: string
    /** What the node is. One of TRIGGER, JOB. */
    readonly type: "TRIGGER" | "JOB"
    /** Ids of the nodes that come before: a job starts when all of them are done. Empty for a trigger. A list. */
    readonly parentNodeIds: readonly (string)[]
    /** How the trigger repeats; the rule of the trigger itself holds. One of RECURRING, ONE_TIME, NONE. */
    readonly triggerRule?: "RECURRING" | "ONE_TIME" | "NONE"
    readonly jobCondition?: Edition2026Schemas["JobCondition"]
  }
  /** A workflow. */
  readonly Workflow: {
    /** Id of the workflow: twelve letters and digits. */
    readonly workflowId: string
    /** Name of the workflow. */
    readonly name: string
    /** Its trigger and its jobs. */
    readonly nodes: readonly (Edition2026Schemas["WorkflowNode"])[]
    /** When the workflow was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
  }
  /** When a trigger fires. */
  readonly TriggerRule: {
    /** Recurring, once, or not at all. */
    readonly type: "RECURRING" | "ONE_TIME" | "NONE"
    /** How often a recurring trigger fires. */
    readonly interval?: "HOUR" | "DAY" | "WEEK" | "MONTH"
    /** The minute of an hourly trigger, the time of day of another one. */
    readonly time?: string
    /** Days of a weekly trigger. */
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]
    /** Day of a monthly trigger; -1 is the last one. */
    readonly dateOfMonth?: string
    /** When a trigger that fires once does so. ISO 8601 in Korean time, to the second. */
    readonly executionDate?: string
  }
  /** A trigger. */
  readonly Trigger: {
    /** Id of the trigger: twelve letters and digits. */
    readonly triggerId: string
    /** Name of the trigger. */
    readonly name: string
    /** What fires it: a schedule, an event, or a person. */
    readonly type: "SCHEDULED" | "EVENT" | "NONE"
    readonly triggerRule: Edition2026Schemas["TriggerRule"]
    /** When the trigger was made. ISO 8601 in Korean time, to the second. */
    readonly createdDate: string
    /** When it was last changed. ISO 8601 in Korean time, to the second. */
    readonly updatedDate: string
  }
  /** One page of a list. */
  readonly TriggerList: {
    /** The elements of this page. */
    readonly list: readonly (Edition2026Schemas["Trigger"])[]
    /** How many elements match, on all pages. */
    readonly count: number
    /** The page this is, counted from 0. */
    readonly page: number
    /** The limit that was in force. */
    readonly limit: number
  }
  /** When the trigger is to fire; its type and interval say which members it needs. */
  readonly TriggerRuleRequest: {
    /** Whether it fires again and again, once, or never by itself. One of RECURRING, ONE_TIME, NONE. */
    readonly type: "RECURRING" | "ONE_TIME" | "NONE"
    /** How often a RECURRING one fires. One of HOUR, DAY, WEEK, MONTH. */
    readonly interval?: "HOUR" | "DAY" | "WEEK" | "MONTH"
    /** When a RECURRING one fires, in Korean time: the minute as two digits for HOUR, else a time of day such as 10:00. A text. */
    readonly time?: string
    /** The days of an interval of WEEK, at least one. A list. */
    readonly dayOfWeek?: readonly ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]
    /** The day of an interval of MONTH. A day of the month as text, 1 to 31, or -1 for the last one. */
    readonly dateOfMonth?: string
    /** When a ONE_TIME one fires. A date and time in ISO 8601; Korean time where it has no offset. */
    readonly executionDate?: string
  }
  /** How many executions there were, and how they ended. */
  readonly ExecutionCount: {
    /** Executions asked for in the period. */
    readonly totalCount: number
    /** Those that completed. */
    readonly completedCount: number
    /** Those that failed. */
    readonly failedCount: number
  }
  /** A day of the period. */
  readonly ExecutionDay: {
    /** Executions asked for on this day. */
    readonly totalCount: number
    /** Start of the day, Korean time. */
    readonly startDate: string
    /** End of the day, Korean time. */
    readonly endDate: string
  }
  /** A statistic. */
  readonly ExecutionDays: {
    /** In order of time. */
    readonly result: readonly (Edition2026Schemas["ExecutionDay"])[]
  }
  /** Two hours of the period. */
  readonly ExecutionTime: {
    /** Start of two hours, epoch milliseconds. */
    readonly time: number
    /** Executions asked for in them. */
    readonly value: number
  }
  /** A statistic. */
  readonly ExecutionTimes: {
    /** In order of time. */
    readonly result: readonly (Edition2026Schemas["ExecutionTime"])[]
  }
  /** A workflow that was started. */
  readonly StartedWorkflow: {
    /** Id of the workflow. */
    readonly workflowId: string
    /** Id of the start trigger that ran. */
    readonly triggerId: string
    /** The request was taken. */
    readonly status: "ACCEPTED"
  }
  /** The response of the gateway to a request that it does not pass on to the service. */
  readonly GatewayError: {
    /** Its presence marks an error of the gateway. */
    readonly error: {
      /** Number of the error in the general table of the gateway, as text. */
      readonly errorCode: string
      /** Name of the error in that table. */
      readonly message: string
      /** What was wrong, as far as the gateway tells. */
      readonly details: string
    }
  }
  /** The response of the service to a request that it rejects. */
  readonly ServiceError: {
    /** What was wrong; names the parameter. */
    readonly detail: string
    /** The word of the error, such as bad-parameter. */
    readonly errorType: string
  }
}
