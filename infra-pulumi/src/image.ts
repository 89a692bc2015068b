import { RunError } from '@pulumi/pulumi/errors';
import type { Architecture } from './instance-type';

/**
 * Where AWS keeps the id of an image's newest build (an SSM public parameter); undefined for what
 * is an id already.
 */
export function imageParameter(image: string, architecture: Architecture): string | undefined {
  if (image !== 'debian-13') return undefined;
  return `/aws/service/debian/release/13/latest/${architecture === 'arm64' ? 'arm64' : 'amd64'}`;
}

/** @throws with one line when the image is not for the processor of the instance type. */
export function checkImage(
  image: { readonly id: string; readonly architecture: string },
  instanceType: string,
  architecture: Architecture,
): void {
  if (image.architecture !== architecture) {
    throw new RunError(
      `image: ${image.id} is for ${image.architecture}, ${instanceType} is ${architecture}; choose another image or instanceType`,
    );
  }
}
