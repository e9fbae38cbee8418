using Microsoft.CodeAnalysis;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>A name in a source file, or a <c>new(…)</c> that refers to a type without naming it.</summary>
/// <param name="Location">Where it is in the sources.</param>
/// <param name="Symbol">The type, member, namespace, or local that it binds to.</param>
/// <param name="User">The outermost type whose declaration contains it; null in a <c>using</c> directive.</param>
internal sealed record BoundName(Location Location, ISymbol Symbol, ISymbol? User);
