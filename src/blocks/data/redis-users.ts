import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group';
import { Construct } from 'constructs';
import { type RedisSpec, redisUserId } from '../../spec/sections/redis';
import { constructId } from '../../terraform/logical-ids';

/** A user that signs in by IAM. */
export interface RedisUser {
  /** What the YAML calls it. */
  readonly name: string;
  readonly id: string;
  readonly arn: string;
}

const EVERYTHING = 'on ~* &* +@all'; // all keys, all channels, all commands
const NOTHING = 'off ~* -@all';

/**
 * The users of a Redis, who sign in by IAM: no password exists that could leak.
 *
 * A group has to have a user called "default", which is what a client without a name is; this one may do nothing.
 */
export class RedisUsers extends Construct {
  readonly groupId: string;
  readonly all: readonly RedisUser[];

  constructor(scope: Construct, id: string, props: Pick<RedisSpec, 'name' | 'iamUsers'>) {
    super(scope, id);
    const nobody = new ElasticacheUser(this, 'default', {
      userId: redisUserId(props, 'default'),
      userName: 'default',
      engine: 'redis',
      accessString: NOTHING,
      // Not as authentication_mode, which AWS reads back by another name: every plan would want to change it.
      noPasswordRequired: true,
    });
    const users = props.iamUsers.map((name) => {
      const userId = redisUserId(props, name);
      const user = new ElasticacheUser(this, constructId(name), {
        userId,
        userName: userId, // IAM wants the two to be the same
        engine: 'redis',
        accessString: EVERYTHING,
        authenticationMode: { type: 'iam' },
      });
      return { name, id: user.userId, arn: user.arn };
    });
    this.all = users;
    this.groupId = new ElasticacheUserGroup(this, 'Default', {
      userGroupId: props.name,
      engine: 'redis',
      userIds: [nobody.userId, ...users.map(({ id }) => id)],
    }).userGroupId;
  }
}
