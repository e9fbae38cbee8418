using System.Reflection;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>What the build tells the tests.</summary>
internal static class BuildInfo
{
    /// <summary>The path of the connector's project.</summary>
    public static string ConnectorProject { get; } = typeof(BuildInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "ConnectorProject").Value!;
}
