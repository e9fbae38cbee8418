namespace Dataverse.Sync.Architecture.Tests;

/// <summary>A row of the page that compares the library with Business Central.</summary>
/// <param name="Id">The id, such as <c>BC-1.1-01</c>.</param>
/// <param name="Mark">What the library does: one of <see cref="ParityPage.Marks"/>.</param>
internal sealed record ParityRow(string Id, string Mark);
