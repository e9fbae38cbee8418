namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The text of a source file.</summary>
/// <param name="Path">The path of the file below the root of its tree, with slashes.</param>
/// <param name="Text">The C# source.</param>
internal sealed record SourceFile(string Path, string Text);
