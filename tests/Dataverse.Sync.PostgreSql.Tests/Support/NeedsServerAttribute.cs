namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>Marks a class whose tests need a server; see <see cref="TestServer"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsServerAttribute : Attribute;
