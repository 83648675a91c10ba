/** Events of images that have arrived in repositories. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export function imagePushes(repositories: readonly string[], accountId?: string): object {
  return {
    source: ['aws.ecr'],
    ...(accountId !== undefined && { account: [accountId] }),
    'detail-type': ['ECR Image Action'],
    detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': repositories },
  };
}
