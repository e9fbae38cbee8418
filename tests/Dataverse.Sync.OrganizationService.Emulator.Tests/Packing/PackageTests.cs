using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>The package of the connector depends on the real client, and holds nothing of the contracts.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo output = Directory.CreateTempSubdirectory("dataverse-sync-package-");

    [Fact]
    public async Task The_package_declares_the_client_and_contains_no_contract()
    {
        await PackAsync();

        using var package = await ZipFile.OpenReadAsync(output.GetFiles("*.nupkg").Should().ContainSingle().Which.FullName);
        package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(entry => entry.Name)
            .Should().Equal("Dataverse.Sync.OrganizationService.dll");
        var dependencies = await DependenciesAsync(package);
        dependencies.Should().ContainKeys("Microsoft.PowerPlatform.Dataverse.Client", "Dataverse.Sync")
            .And.NotContainKey("Microsoft.Xrm.Sdk");
        dependencies["Microsoft.PowerPlatform.Dataverse.Client"].Should().MatchRegex(@"^1\.[0-9]+\.[0-9]+$");
    }

    public void Dispose() => output.Delete(recursive: true);

    private static async Task<Dictionary<string, string>> DependenciesAsync(ZipArchive package)
    {
        await using var stream = await package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).OpenAsync();
        var nuspec = await XDocument.LoadAsync(stream, LoadOptions.None, default);
        return nuspec.Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
    }

    // The connector is built already, because this project refers to it.
    private async Task PackAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var pack = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "pack", BuildInfo.ConnectorProject, "--no-build", "--nologo", "-v", "quiet", "-c", configuration, "-o", output.FullName,
            },
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        })!;
        var text = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        pack.ExitCode.Should().Be(0, text);
    }
}
