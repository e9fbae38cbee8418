namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The claim of a test to prove a row: <c>[Trait("parity", "BC-1.1-01")]</c> on its method.</summary>
/// <param name="Name">Where it is in the sources.</param>
/// <param name="Id">The id of the row.</param>
/// <param name="IsRun">Whether the method is a test, so that the claim is worth something.</param>
internal sealed record ParityTest(string Name, string Id, bool IsRun);
