import java.lang.management.ManagementFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** Measures the processor time to sign and to verify an access token: {@code java Signatures.java}. */
public final class Signatures {

    private static final int ROUNDS = 3;
    private static final int SIGNATURES = 600;

    private Signatures() {}

    public static void main(String[] args) throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        System.out.println("JDK " + Runtime.version().feature());
        measure("RS256", "SHA256withRSA", rsa.generateKeyPair());
        measure("ES256", "SHA256withECDSA", ec.generateKeyPair());
    }

    private static void measure(String name, String algorithm, KeyPair keys) throws Exception {
        byte[] token = new byte[600];
        double sign = Double.MAX_VALUE;
        double verify = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] signature = null;
            long begun = processorNanos();
            for (int i = 0; i < SIGNATURES; i++) {
                Signature signer = Signature.getInstance(algorithm);
                signer.initSign(keys.getPrivate());
                signer.update(token);
                signature = signer.sign();
            }
            long signed = processorNanos();
            for (int i = 0; i < SIGNATURES; i++) {
                Signature verifier = Signature.getInstance(algorithm);
                verifier.initVerify(keys.getPublic());
                verifier.update(token);
                if (!verifier.verify(signature)) {
                    throw new IllegalStateException("a valid signature was rejected");
                }
            }
            sign = Math.min(sign, (signed - begun) / 1e6 / SIGNATURES);
            verify = Math.min(verify, (processorNanos() - signed) / 1e6 / SIGNATURES);
        }
        System.out.printf("%s: sign %.3f ms, verify %.3f ms%n", name, sign, verify);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
