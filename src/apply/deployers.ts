// The brokers that can be planned against and applied to, in alphabetical order.
import type { Deployer } from './deployer.ts';
import { kafkaDeployer } from './kafka/deployer.ts';
import { rabbitmqDeployer } from './rabbitmq/deployer.ts';

export const deployers: readonly Deployer[] = [kafkaDeployer, rabbitmqDeployer];
