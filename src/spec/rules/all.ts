import { acceptRules } from './accept';
import { accessLogRules } from './access-logs';
import { adoptionRules } from './adoption';
import { containerRules } from './containers';
import { costRules } from './cost';
import { dataRules } from './data';
import { databaseRules } from './database';
import { deliveryRules } from './delivery';
import { deploymentRules } from './deployment';
import { edgeRules } from './edge';
import { efsRules } from './efs';
import { endpointRules } from './endpoints';
import { functionSizeRules } from './function-size';
import { functionRules } from './functions';
import { httpApiRules } from './http-api';
import { monitoringRules } from './monitoring';
import { nameRules } from './names';
import { networkRules } from './network';
import { pipelineRules } from './pipeline';
import { portRules } from './ports';
import { postgresRules } from './postgres';
import { redisRules } from './redis';
import type { Rule } from './report';
import { rotationRules } from './rotation';
import { scheduleRules } from './schedules';
import { startedTaskRules } from './started-tasks';
import { variableRules } from './variables';
import { volumeRules } from './volumes';

/** Every rule across the sections of one environment. */
export const rules: readonly Rule[] = [
  networkRules,
  endpointRules,
  edgeRules,
  accessLogRules,
  adoptionRules,
  containerRules,
  startedTaskRules,
  pipelineRules,
  portRules,
  scheduleRules,
  deploymentRules,
  deliveryRules,
  functionRules,
  functionSizeRules,
  httpApiRules,
  databaseRules,
  postgresRules,
  dataRules,
  rotationRules,
  efsRules,
  volumeRules,
  redisRules,
  variableRules,
  monitoringRules,
  costRules,
  nameRules,
  acceptRules,
];
