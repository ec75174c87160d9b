import { Receiver } from '../../push/testing/receiver.ts';
import { company, openCustomer } from '../../tenancy/testing/onboarding-customer.ts';
import {
  configurationsPath,
  integrationsPath,
  naming,
  type OnboardingWorld,
  putting,
} from '../../tenancy/testing/onboarding-world.ts';

const TYPE = 'ONE_CLICK_EXPORT';

/** An ATS that is switched on, and its receiver, which has been told so. Close the receiver. */
export async function openSandboxAts(world: OnboardingWorld, name: string) {
  const receiver = await Receiver.open();
  const customer = await openCustomer(world, name);
  await customer.request(...company(customer, TYPE));
  const key = customer.key(TYPE);
  await world.call(customer.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
  await world.call(
    customer.token,
    configurationsPath(key, ['CALLBACK_URL']),
    putting({ CALLBACK_URL: receiver.url }),
  );
  await customer.turn(TYPE, true);
  return { ...customer, receiver, switchTo: (isOn: boolean) => customer.turn(TYPE, isOn) };
}
