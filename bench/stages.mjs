export async function measureStages() {}
