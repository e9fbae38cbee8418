namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
