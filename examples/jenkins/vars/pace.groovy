// The gate as a step of a shared library. Put this file and pace.txt into `vars/` of the library's repository, tag a version there, and
// load it by that: @Library('pace@1.2.3') _
// It returns the decision: SHIP, PAUSED or UNKNOWN; a HOLD fails the step. Deploy after a SHIP only:
//   if (pace(credentialsId: 'pace-jenkins') == 'SHIP') { … }
def call(Map options = [:]) {
  def known = ['version', 'day', 'change', 'sha', 'config', 'credentialsId', 'secrets']
  def strange = options.keySet().findAll { !known.contains(it) }
  if (strange) {
    error "pace: ${strange.join(', ')} is not among its options: ${known.join(', ')}."
  }

  def bindings = []
  if (options.credentialsId) {
    bindings << usernamePassword(
      credentialsId: options.credentialsId,
      usernameVariable: 'PACE_JENKINS_USER',
      passwordVariable: 'PACE_JENKINS_TOKEN'
    )
  }
  def secrets = options.secrets ?: [:]
  for (variable in secrets.keySet().toList()) {
    bindings << string(credentialsId: secrets[variable], variable: variable)
  }

  // as variables, so that no text of a parameter is ever read as a command
  def given = ["PACE_STEP_VERSION=${options.version ?: '0.1.0'}"]
  for (name in ['day', 'change', 'sha', 'config']) {
    given << "PACE_STEP_${name.toUpperCase()}=${options[name] ?: ''}"
  }

  try {
    withCredentials(bindings) {
      withEnv(given) {
        sh label: 'PACE', script: '''
          set -- gate --dotenv pace.env
          if [ -n "$PACE_STEP_DAY" ]; then set -- "$@" --day "$PACE_STEP_DAY"; fi
          if [ -n "$PACE_STEP_CHANGE" ]; then set -- "$@" --change "$PACE_STEP_CHANGE"; fi
          if [ -n "$PACE_STEP_SHA" ]; then set -- "$@" --sha "$PACE_STEP_SHA"; fi
          if [ -n "$PACE_STEP_CONFIG" ]; then set -- "$@" --config "$PACE_STEP_CONFIG"; fi
          npx --yes "pace-gate@$PACE_STEP_VERSION" "$@"
        '''
      }
    }
    def said = readFile('pace.env').readLines().find { it.startsWith('PACE_DECISION=') }
    return said ? said.substring('PACE_DECISION='.length()) : 'UNKNOWN'
  } finally {
    // also after a HOLD, which fails the step
    archiveArtifacts artifacts: 'jenkins-summary.md, .pace/**/decision.yaml', allowEmptyArchive: true
  }
}
